"""导出学生名单: the list as it is on the screen, as a workbook or a text file; every row carries who took it and when."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from biye.accounts.core.asker import Asker
from biye.audit.models.run import Run
from biye.audit.queries.results import Filter, how_many, results
from biye.audit.queries.rules import read_rules
from biye.foundation.moments import CHINA
from biye.foundation.verdicts import Truth
from biye.machinery.exchange.core.writer import Page, write_csv, write_xlsx

STEP = 1000
HEADINGS = (
    "学号",
    "姓名",
    "层次",
    "入学批次",
    "站点",
    "学籍状态",
    "预毕业",
    "审查结论",
    "不符合",
    "待核实",
    "人工认定",
    "导出",
)
_CANDIDATE = {Truth.TRUE: "是", Truth.FALSE: "否", Truth.UNKNOWN: "待核实"}
Progress = Callable[[int, int, str], None]


def export_students(
    asker: Asker, run_id: int, chosen: Mapping[str, Any], path: Path, *, at: datetime, progress: Progress
) -> int:
    """Write the file by its ending; gives the number of students."""
    run = Run.objects.select_related("season", "rules", "rules__season").get(pk=run_id)
    wanted = Filter(**chosen)
    total = how_many(asker, run, wanted)
    moment = at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    rows = list(_rows(asker, run, wanted, f"{asker.name} {moment}", total, progress))
    page = Page("学生", HEADINGS, rows)
    if path.suffix == ".csv":
        path.write_bytes(write_csv(page))
        return len(rows)
    about = [
        ("批次", run.season.label),
        ("审查时点", run.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")),
        ("审查规则", f"第 {run.rules.number} 版 {read_rules(run.rules).rulebook_hash[:12]}"),
        ("人数", str(len(rows))),
        ("导出人", asker.name),
        ("导出时间", moment),
    ]
    write_xlsx(str(path), [page, Page("说明", ("项目", "内容"), about)])
    return len(rows)


def _rows(
    asker: Asker, run: Run, wanted: Filter, taken: str, total: int, progress: Progress
) -> Iterator[tuple[str, ...]]:
    after, done = "", 0
    progress(0, total, "")
    while True:
        page = results(asker, run, wanted, after, STEP)
        for row in page.rows:
            yield (
                row.student_no,
                row.name,
                row.level,
                row.entry,
                row.centre,
                row.status,
                _CANDIDATE[row.candidate],
                row.conclusion,
                "、".join(row.not_met),
                "、".join(row.unknown),
                "是" if row.is_overridden else "",
                taken,
            )
        after, done = page.after, done + len(page.rows)
        progress(done, total, "")
        if not after:
            return

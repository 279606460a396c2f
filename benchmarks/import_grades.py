"""基准: a grade sheet of 200,000 rows, from .xlsx to checked rows in the database, and once more to see that nothing changes.

python -m benchmarks.import_grades                               on SQLite
python -m tools.postgres python -m benchmarks.import_grades      on PostgreSQL
"""

import os
import random
import sys
import tempfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from time import perf_counter

from biye.foundation.moments import CHINA
from biye.machinery.exchange.core.writer import Page, write_xlsx

STUDENTS, COURSES = 6_667, 30
AT = datetime(2022, 5, 1, tzinfo=CHINA)
MARKS = (*map(str, range(40, 100)), "优秀", "良好", "合格", "缺考", "78.5", "免修")


def sheets(seed: int = 1) -> dict[str, bytes]:
    """Students, one plan, and a grade for each of its courses; invented throughout."""
    draw = random.Random(seed)  # noqa: S311 invented data
    numbers = [f"2020{number:08d}" for number in range(STUDENTS)]
    names = [chr(draw.randrange(0x4E00, 0x9FA0)) + chr(draw.randrange(0x4E00, 0x9FA0)) for _ in numbers]
    headings = ("学号", "姓名", "课程代码", "课程名称", "成绩", "取得方式", "学期", "学分")
    grades = [
        (number, name, f"C{course:03d}", f"课程{course}", draw.choice(MARKS), "正考", "2020秋", 2.5)
        for number, name in zip(numbers, names, strict=True)
        for course in range(COURSES)
    ]
    plan = [("甲", f"C{course:03d}", f"课程{course}", "公共", 2.5, "必修", "考试") for course in range(COURSES)]
    people = [(number, name, "专升本", "2020春", "甲") for number, name in zip(numbers, names, strict=True)]
    return {
        "学生.xlsx": packed("学生", ("学号", "姓名", "层次", "入学批次", "教学计划"), people),
        "计划.xlsx": packed("计划", ("教学计划", "课程代码", "课程名称", "模块", "学分", "课程性质", "考核方式"), plan),
        "成绩.xlsx": packed("成绩", headings, grades),
    }


def packed(name: str, headings: tuple[str, ...], rows: list[tuple[object, ...]]) -> bytes:
    """One sheet as a file."""
    buffer = BytesIO()
    write_xlsx(buffer, [Page(name, headings, rows)])  # type: ignore[arg-type]
    return buffer.getvalue()


def main() -> None:
    """Print what an import costs on the database at hand."""
    from django.db import connection

    from biye.foundation.actor import SYSTEM
    from biye.machinery.exchange.core.workbook import read_workbook
    from biye.machinery.exchange.models.batch import ImportBatch
    from biye.records.actions.imports import accept_import, preview_import, receive_import
    from biye.records.core.sheets.settings import SheetSettings

    settings = SheetSettings()

    def imported(*names: str) -> tuple[ImportBatch, float, float]:
        batch = receive_import(files=[(name, files[name]) for name in names], choices={}, by=SYSTEM, at=AT)
        start = perf_counter()
        preview_import(batch.pk, settings=settings, by=SYSTEM, at=AT)
        looked = perf_counter()
        done = accept_import(batch.pk, settings=settings, include_asked=False, by=SYSTEM, at=AT)
        return done, looked - start, perf_counter() - looked

    files = sheets()
    imported("学生.xlsx", "计划.xlsx")
    start = perf_counter()
    read_workbook("成绩.xlsx", files["成绩.xlsx"])
    reading = perf_counter() - start
    rows = STUDENTS * COURSES
    print(f"{connection.vendor}: {rows:,} grade rows, {len(files['成绩.xlsx']) / 1e6:.1f} MB of .xlsx")
    for what in ("first", "again"):
        batch, preview, accept = imported("成绩.xlsx")
        print(
            f"  {what}: preview {preview:.2f} s, accept {accept:.2f} s ({rows / accept:,.0f} rows/s), "
            f"of which reading the sheet {reading:.2f} s ({reading / accept:.0%}); {batch.counts['tables']['results']}"
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="biye-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "biye.project.settings",
            "BIYE_DATA_DIR": folder,
            "BIYE_SCHOOL": "tju-online",
            "BIYE_DEBUG": "true",
            "BIYE_HTTPS": "false",
        }
        import django
        from django.core.management import call_command

        Path(folder, "static").mkdir()
        django.setup()
        call_command("migrate", verbosity=0)
        main()
        sys.stdout.flush()

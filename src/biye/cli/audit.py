"""biye audit 审查: a folder of sheets in, every student's conclusion with all reasons out; no server, no database."""

import gc
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from biye.audit.core.explain.explanation import Explainer
    from biye.audit.core.loading import LoadedSeason
    from biye.machinery.exchange.core.problems import Problem
    from biye.records.core.tables import RecordTables

app = typer.Typer(add_completion=False)
DONE_WITH_PROBLEMS, NOT_DONE = 1, 2
ENDINGS = (".xlsx", ".csv", ".jsonl")


@app.command()
def audit(
    school: Annotated[str, typer.Option("--school", metavar="学校", help="随附学校的名称，或任一学校文件夹。")],
    season: Annotated[str, typer.Option("--season", metavar="批次", help="批次文件的名称，如 2022-autumn。")],
    data: Annotated[Path, typer.Option("--data", metavar="文件夹", help="放着表格的文件夹。")],
    student: Annotated[str | None, typer.Option("--student", metavar="学号", help="只审查这一个学号。")] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="时点", help="审查时点，如 “2022-06-10 09:00”；不写则为现在。")
    ] = None,
    out: Annotated[
        list[Path] | None, typer.Option("--out", metavar="文件", help="写到哪里：.xlsx、.csv 或 .jsonl，可写几个。")
    ] = None,
) -> None:
    """读入一个文件夹的表格，给出每名学生的结论和理由。退出码：0 完成，1 完成但输入有问题，2 没有完成。"""
    outputs = [_output(path) for path in out or ()]
    if not data.is_dir():
        _stop(f"没有文件夹 {data}")
    loaded = _season(school, season)
    frame = loaded.frame(_moment(at, loaded))
    with _progress() as progress, _nothing_forgotten():
        tables, problems = _read(data, loaded, progress)
        row = _row_of(student, tables, problems)
        from biye.audit.core.explain.explanation import Explainer
        from biye.audit.core.pipeline import audit_tables

        audited = audit_tables(loaded.programme, frame, tables, progress=progress("审查"))
        explainer = Explainer(loaded, audited)
        rows = range(len(audited)) if row is None else [row]
        for path in outputs:
            _write(path, explainer, rows, problems, progress(f"写 {path.name}"))
    if row is not None and not outputs:
        from biye.cli.reading import show

        show(explainer, row)
    else:
        _summary(explainer, rows, outputs)
    if _troubles(problems):
        raise typer.Exit(DONE_WITH_PROBLEMS)


def _stop(*lines: str) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(NOT_DONE)


def _output(path: Path) -> Path:
    if path.suffix.lower() not in ENDINGS:
        _stop(f"不认识 {path.name} 的类型：请写 .xlsx、.csv 或 .jsonl")
    if not path.parent.is_dir() or path.is_dir():
        _stop(f"不能写到 {path}：没有文件夹 {path.parent}" if not path.parent.is_dir() else f"{path} 是一个文件夹")
    return path


def _season(school: str, season: str) -> "LoadedSeason":
    from biye.audit.core.loading import load_season
    from biye.seasons.core.trouble import SchoolRefused

    try:
        return load_season(school, season)
    except SchoolRefused as refusal:
        _stop(str(refusal))


def _moment(text: str | None, loaded: "LoadedSeason") -> "datetime":
    from datetime import datetime

    from biye.foundation.moments import moment

    if text is None:
        return datetime.now(loaded.school.zone)
    try:
        return moment(text, loaded.school.zone)
    except ValueError:
        _stop(f"--at 的“{text}”不是时刻：请写成 2022-06-10 09:00 的样子")


def _read(data: Path, loaded: "LoadedSeason", progress: Any) -> "tuple[RecordTables, list[Problem]]":
    from biye.records.core.sheets.folder import read_folder
    from biye.records.core.sheets.settings import SheetSettings

    school = loaded.school
    settings = SheetSettings.of(
        school.sheets,
        level=list(school.levels),
        mode=school.modes,
        status=[word for words in school.statuses.values() for word in words],
    )
    report = progress("读表")
    try:
        tables, problems = read_folder(
            data, school_sheets=settings, progress=lambda _, done, total: report(done, total)
        )
    except OSError as error:
        _stop(f"读不了文件夹 {data}：{error.strerror}")
    if not len(tables.students):
        from biye.records.core.sheets.sentences import sentence

        _stop(*(f"{one.file} {one.sheet} {sentence(one)}".strip() for one in problems), "没有读到任何学生，没有审查")
    return tables, problems


def _row_of(student: str | None, tables: "RecordTables", problems: "list[Problem]") -> int | None:
    if student is None:
        return None
    if student not in tables.students.student_no:
        about = _troubles(problems)
        _stop(f"表格中没有学号 {student}" + (f"（输入有 {about} 处问题）" if about else ""))
    return tables.students.student_no.index(student)


def _write(path: Path, explainer: "Explainer", rows: Sequence[int], problems: "list[Problem]", report: Any) -> None:
    from biye.audit.core.explain.report import pages, student_headings, student_objects, student_row
    from biye.cli.files import replacing
    from biye.machinery.exchange.core.writer import Page, workbook, write_csv

    try:
        with replacing(path) as stream:
            if path.suffix.lower() == ".jsonl":
                for number, one in enumerate(student_objects(explainer, rows), 1):
                    stream.write(json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
                    if number % 1000 == 0:
                        report(number, len(rows))
            elif path.suffix.lower() == ".csv":
                table = [student_row(explainer, row, explainer.brief(row)) for row in rows]
                stream.write(write_csv(Page("", student_headings(explainer), table)))
            else:
                stream.write(workbook(pages(explainer, rows, problems)))
            report(len(rows), len(rows))
    except OSError as error:
        _stop(f"写不了 {path}：{error.strerror}")


def _troubles(problems: "list[Problem]") -> int:
    """Problems that concern somebody; what is merely noted is none."""
    from biye.machinery.exchange.core.problems import Severity

    return sum(one.count for one in problems if one.severity is not Severity.NOTE)


def _summary(explainer: "Explainer", rows: Sequence[int], outputs: Sequence[Path]) -> None:
    """How many got which conclusion, and where it is written."""
    from collections import Counter

    from biye.foundation.verdicts import Truth

    judged, programme = explainer.judged, explainer.loaded.programme
    name, book = next(iter(programme.books.items()))
    given = [(int(judged.candidate[row]), int(judged.conclusions[name][row])) for row in rows]
    counts = Counter(number for candidate, number in given if candidate == Truth.TRUE)
    typer.echo(f"{explainer.loaded.season.title}：共 {len(rows):,} 人，预毕业学生 {counts.total():,} 人")
    for number, one in enumerate(book.conclusions):
        typer.echo(f"  {one.give}　{counts[number]:,}")
    undecided = sum(count for number, count in counts.items() if number < 0)
    typer.echo(f"  待定　{undecided:,}")
    for path in outputs:
        typer.echo(f"已写 {path}")


@contextmanager
def _nothing_forgotten() -> Iterator[None]:
    """One short life with much to remember: looking for what may be forgotten would take a tenth of it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _progress() -> Iterator[Any]:
    """A bar on a terminal, nothing elsewhere: a function of a step's name that gives its (done, total) listener."""
    if not sys.stderr.isatty():
        yield lambda _: lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:

        def step(name: str) -> Any:
            task = bars.add_task(name, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        yield step

"""照片文件: which files a command means, a report that can be taken up again, and progress on a terminal."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from biye.photos.core import reports
from biye.photos.core.reports import Row
from biye.photos.core.tasks import Face, File

ENDINGS = (".jsonl", ".xlsx", ".csv")


def listed(paths: list[Path]) -> list[File]:
    """The files named, and every file of the folders named, in order, each once.

    In folders hidden files and sheets, such as our own reports, are passed over.
    """
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found.update(dict.fromkeys(file for file in inside if not _is_passed_over(file, path) and not file.is_dir()))
    return [File(path, path.as_posix()) for path in found]


def _is_passed_over(file: Path, folder: Path) -> bool:
    if file == folder:
        return False
    return file.suffix.lower() in ENDINGS or any(part.startswith(".") for part in file.relative_to(folder).parts)


def same_names(files: list[File]) -> str | None:
    """Two files that differ only in folder or ending, if there are any."""
    seen: dict[str, str] = {}
    for file in files:
        known = seen.setdefault(file.path.stem, file.shown)
        if known != file.shown:
            return f"{known}、{file.shown}"
    return None


def report_problem(out: Path) -> str | None:
    """Why no report can be written there, if so."""
    if out.suffix.lower() not in ENDINGS:
        return f"--out 的扩展名应为 {' '.join(ENDINGS)}"
    return None if out.parent.is_dir() else f"没有文件夹 {out.parent}"


class Notes:
    """草稿: rows are noted beside a report as they come, so that a command that was broken off goes on where it stopped.

    What was noted is taken up again when the same command is given, for files that have not changed since.
    """

    def __init__(self, out: Path | None, made_with: str) -> None:
        self._file = None if out is None else out.with_name(f".{out.name}.notes")
        self._made_with = made_with
        self._stamps: dict[str, list[int]] = {}

    def begin(self, files: list[File]) -> dict[str, Row]:
        """Rows noted earlier, by file; from now on rows are noted."""
        self._stamps = {file.shown: _stamp(file.path) for file in files}
        if self._file is None:
            return {}
        rows = dict(self._noted())
        with self._file.open("w", encoding="utf-8") as notes:
            notes.write(json.dumps({"made_with": self._made_with}) + "\n")
            notes.writelines(self._line(row) for row in rows.values())
        return rows

    def add(self, row: Row) -> Row:
        """Note one row."""
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as notes:
                notes.write(self._line(row))
        return row

    def drop(self) -> None:
        """The work is done."""
        if self._file is not None:
            self._file.unlink()

    def _line(self, row: Row) -> str:
        return json.dumps({"stamp": self._stamps[row["file"]], "row": row}, ensure_ascii=False) + "\n"

    def _noted(self) -> Iterator[tuple[str, Row]]:
        if self._file is None or not self._file.exists():
            return
        with self._file.open(encoding="utf-8") as notes:
            for number, line in enumerate(notes):
                try:
                    noted = json.loads(line)
                except json.JSONDecodeError:
                    return  # the line that an interruption cut off
                if number == 0 and noted != {"made_with": self._made_with}:
                    return
                if number and noted["stamp"] == self._stamps.get(noted["row"]["file"]):
                    yield noted["row"]["file"], noted["row"]


class ReportFile(Notes):
    """检查报告: noted row by row; only the whole report bears its name."""

    def __init__(self, out: Path | None, made_with: str) -> None:
        super().__init__(out, made_with)
        self._out = out

    def finish(self, rows: list[Row]) -> None:
        """Write the report under its own name, all at once, and drop the notes."""
        if self._out is not None:
            write_report(self._out, rows)
        self.drop()


def _stamp(file: Path) -> list[int]:
    """What tells an unchanged file: size and time of change."""
    try:
        status = file.stat()
    except OSError:
        return [-1, -1]
    return [status.st_size, status.st_mtime_ns]


def write_report(out: Path, rows: list[Row]) -> None:
    """A check's or standardisation's rows, by the ending of the file's name."""
    if out.suffix.lower() == ".jsonl":
        _replace(out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
        return
    from biye.machinery.exchange.core.writer import Page, write_csv

    photos = Page("照片", reports.PHOTO_HEADINGS, [reports.photo_cells(row) for row in rows])
    checks = Page("检查意见", reports.CHECK_HEADINGS, [cells for row in rows for cells in reports.check_cells(row)])
    if out.suffix.lower() == ".csv":
        _replace(out, write_csv(checks))
    else:
        _replace(out, _workbook([photos, checks]))


def face_row(shown: str, face: Face) -> Row:
    """A face as it is noted until the command is done."""
    vector = None if face.vector is None else face.vector.tolist()
    return {"file": shown, "sha256": face.sha256, "vector": vector, "refused": face.refused}


def face_noted(row: Row) -> Face:
    """The same again."""
    vector = None if row["vector"] is None else np.asarray(row["vector"], np.float32)
    return Face(row["sha256"], vector, row["refused"])


def write_rows(out: Path, rows: list[Row], headings: dict[str, str]) -> None:
    """Plain rows under Chinese headings, by the ending."""
    from biye.machinery.exchange.core.writer import Page, write_csv

    if out.suffix.lower() == ".jsonl":
        _replace(out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
        return
    page = Page("结果", list(headings.values()), [[row[key] for key in headings] for row in rows])
    _replace(out, write_csv(page) if out.suffix.lower() == ".csv" else _workbook([page]))


def _workbook(pages: list[Any]) -> bytes:
    from io import BytesIO

    from biye.machinery.exchange.core.writer import write_xlsx

    buffer = BytesIO()
    write_xlsx(buffer, pages)
    return buffer.getvalue()


def _replace(out: Path, content: bytes) -> None:
    """The whole file or none of it."""
    partial = out.with_name(f".{out.name}.part")
    partial.write_bytes(content)
    partial.replace(out)


@contextmanager
def working(label: str, total: int, done: int) -> Iterator[Callable[[], None]]:
    """A bar on a terminal, nothing elsewhere; the function tells of one more done."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task(label, total=total, completed=done)
        yield lambda: progress.advance(bar)


def read_students(folder: Path) -> dict[str, str]:
    """证件号码 → 学号 of the students in a folder of sheets; one person's several records stand together."""
    from biye.foundation.identity import unpack
    from biye.records.core.sheets.folder import read_folder
    from biye.records.core.sheets.settings import SheetSettings

    tables, _ = read_folder(folder, school_sheets=SheetSettings())
    numbers: dict[str, str] = {}
    for student, packed in zip(tables.students.student_no, tables.students.identity.tolist(), strict=True):
        if packed:
            number = unpack(packed)
            numbers[number] = f"{numbers[number]}、{student}" if number in numbers else student
    return numbers

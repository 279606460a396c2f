"""A folder of text files read for a test."""

from collections.abc import Mapping
from pathlib import Path

from biye.machinery.exchange.core.problems import Problem, Severity
from biye.records.core.sheets.folder import read_folder
from biye.records.core.sheets.settings import SheetSettings
from biye.records.core.tables import RecordTables
from tests.workbooks import COURSES, PLANS, STUDENTS, Rows, text_file

Files = Mapping[str, Rows | bytes]
SCHOOL: Files = {"学生.csv": STUDENTS, "教学计划.csv": PLANS, "计划课程.csv": COURSES}


def read(folder: Path, files: Files, settings: SheetSettings | None = None) -> tuple[RecordTables, list[Problem]]:
    """Write the files and read the folder."""
    for name, rows in files.items():
        (folder / name).write_bytes(rows if isinstance(rows, bytes) else text_file(rows))
    return read_folder(folder, school_sheets=settings or SheetSettings())


def told(problems: list[Problem], *severities: Severity) -> list[tuple[str, int, int]]:
    """Code, row and count of the problems of these severities; of those that concern somebody where none is named."""
    wanted = severities or (Severity.REFUSE, Severity.ASK)
    return [(one.code, one.row, one.count) for one in problems if one.severity in wanted]


def grades_of(tables: RecordTables) -> list[tuple[str, str, int, int, int, int]]:
    """Every attempt: 学号, course code, score, mark, way, term."""
    results = tables.results
    columns = (results.score, results.mark, results.obtained, results.term)
    return [
        (tables.students.student_no[student], tables.courses.code[course], *rest)
        for student, course, *rest in zip(
            results.student.tolist(), results.course.tolist(), *(column.tolist() for column in columns), strict=True
        )
    ]

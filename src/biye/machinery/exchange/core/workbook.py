"""读取文件: any spreadsheet file to its sheets; a file that cannot be read is one named problem and never a crash."""

from dataclasses import dataclass, field

from biye.machinery.exchange.core.cells import Sheet
from biye.machinery.exchange.core.content import kind_of
from biye.machinery.exchange.core.limits import DEFAULT, Limits, Unreadable
from biye.machinery.exchange.core.problems import Problem, Severity


@dataclass(slots=True)
class Workbook:
    """文件: its name, its real kind, its sheets, and why it could not be read where it could not."""

    file: str
    kind: str = ""
    sheets: list[Sheet] = field(default_factory=list)
    problem: Problem | None = None


def read_workbook(file: str, content: bytes, limits: Limits = DEFAULT) -> Workbook:
    """The sheets of one file. Kinds are read by their own module, loaded when first needed."""
    try:
        if len(content) > limits.file_bytes:
            raise Unreadable("file_too_large", size=len(content), limit=limits.file_bytes)
        kind = kind_of(content, limits)
        return Workbook(file, kind, _read(kind, content, limits))
    except Unreadable as refusal:
        return Workbook(file, problem=Problem(refusal.code, Severity.REFUSE, file, details=refusal.details))


def _read(kind: str, content: bytes, limits: Limits) -> list[Sheet]:
    if kind == "xlsx":
        from biye.machinery.exchange.core.xlsx import read_xlsx

        return read_xlsx(content, limits)
    if kind == "xls":
        from biye.machinery.exchange.core.legacy import read_xls

        return read_xls(content, limits)
    if kind == "dbf":
        from biye.machinery.exchange.core.dbf import read_dbf

        return read_dbf(content, limits)
    from biye.machinery.exchange.core.delimited import read_csv

    return read_csv(content, limits)

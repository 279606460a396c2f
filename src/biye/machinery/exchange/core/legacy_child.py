"""xls 子进程: reads one .xls from standard input in a process of its own and answers with columns of texts.

The binary format lets a file claim any size, and the parser believes it. Here the claim costs this process its life
and not the server's: memory and time are limited, and dying is an answer that the parent understands. Run as a file,
so that nothing of the project is imported.
"""

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

Content = tuple[str, Any]
"""A letter for the kind (s text, n number, d moment, b truth) and the value."""


def limit_resources(memory: int, seconds: int) -> None:
    """Cap this process where the system can do it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def content(value: Any) -> Content:
    """A cell's value in plain types."""
    if isinstance(value, str):
        return "s", value
    if isinstance(value, bool):
        return "b", value
    if isinstance(value, int | float):
        return "n", float(value)
    if isinstance(value, datetime):
        return "d", value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return "d", value.isoformat()
    if isinstance(value, time):
        return "d", value.isoformat("minutes")
    if isinstance(value, timedelta):
        return "n", value.total_seconds() / 86_400
    return "s", str(value)


def read(data: bytes) -> list[tuple[str, bool, int, int, list[tuple[list[int], list[Content]]], list[Any]]]:
    """Each sheet as name, hidden, first row, first column, columns (codes, contents) and merged ranges."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    book = load_workbook(io.BytesIO(data))
    answer = []
    for index, described in enumerate(book.sheets_metadata):
        if described.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(index)
        start = sheet.start or (0, 0)
        columns = []
        for values in zip(*sheet.to_python(), strict=True):
            numbers: dict[tuple[type, Any], int] = {}
            codes = [numbers.setdefault((type(value), value), len(numbers)) for value in values]
            columns.append((codes, [content(value) for _, value in numbers]))
        merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
        answer.append((described.name, described.visible != SheetVisibleEnum.Visible, *start, columns, merged))
    return answer


def main() -> None:
    """Answer "+" and the sheets, or "-" and a reason; anything else that happens is death, which the parent sees."""
    limit_resources(int(sys.argv[1]), int(sys.argv[2]))
    data = sys.stdin.buffer.read()
    from python_calamine import PasswordError

    try:
        answer = "+" + json.dumps(read(data))
    except PasswordError:
        answer = "-encrypted"
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()

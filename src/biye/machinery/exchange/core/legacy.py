"""xls 读取: the old binary workbook, read in a child process with limits of its own."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from biye.machinery.exchange.core import legacy_child
from biye.machinery.exchange.core.cells import Sheet, assemble, column, number_text
from biye.machinery.exchange.core.limits import Limits, Unreadable

_MEMORY = 2 << 30
_SECONDS = 60
_LONGEST_ANSWER = 256 << 20


def read_xls(content: bytes, limits: Limits) -> list[Sheet]:
    """Every worksheet of an .xls. Hidden rows and formulas cannot be told in this format: cells hold their last value."""
    command = [sys.executable, "-I", str(Path(legacy_child.__file__)), str(_MEMORY), str(_SECONDS)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=2 * _SECONDS, check=False)
    except (subprocess.TimeoutExpired, BrokenPipeError):
        raise Unreadable("file_broken") from None
    verdict, answer = done.stdout[:1], done.stdout[1:]
    if verdict == b"-":
        raise Unreadable(answer.decode())
    if verdict != b"+" or done.returncode or len(answer) > _LONGEST_ANSWER:
        raise Unreadable("file_broken")
    described = json.loads(answer)
    if len(described) > limits.sheets:
        raise Unreadable("too_many_sheets", sheets=len(described), limit=limits.sheets)
    return [_sheet(limits, *sheet) for sheet in described]


def _sheet(
    limits: Limits,
    name: str,
    hidden: bool,
    top: int,
    left: int,
    columns: list[tuple[list[int], list[legacy_child.Content]]],
    merged: list[tuple[int, int, int, int]],
) -> Sheet:
    height = len(columns[0][0]) if columns else 0
    if len(columns) > limits.columns:
        raise Unreadable("too_many_columns", limit=limits.columns)
    if height * len(columns) > limits.area:
        raise Unreadable("too_many_cells", limit=limits.area)
    read = [
        column(np.array(codes, np.int32), [_content(kind, value, limits.text) for kind, value in contents])
        for codes, contents in columns
    ]
    rows = np.arange(top + 1, top + height + 1, dtype=np.int32)
    ranges = [(first + 1, start, last + 1, end) for first, start, last, end in merged]
    sheet = assemble(name, rows, read, list(range(left, left + len(columns))), ranges)
    sheet.hidden = hidden
    return sheet


def _content(kind: str, value: str | float | bool, longest: int) -> tuple[str, str]:
    if kind == "n":
        return number_text(float(value))
    if kind == "b":
        return ("TRUE" if value else "FALSE"), ""
    text = str(value)
    if len(text) > longest:
        return text[:40], "cell_too_long"
    return text, "cell_error" if text.startswith("#") and text.endswith(("!", "?", "/A")) else ""

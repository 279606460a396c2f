"""打印表格说明: the columns of every kind of sheet as they stand in docs/sheets.md, from the specs themselves."""

from biye.machinery.exchange.core.columns import SheetSpec
from biye.records.core.sheets.recognise import SPECS

MARK = "<!-- 以下由程序打印 -->"
_HEAD = "| 列 | 必填 | 可以写什么 | 例 | 也认得的列名 |\n|---|---|---|---|---|"


def printed(document: str) -> str:
    """The same document with the tables below its mark made anew."""
    above = document.partition(MARK)[0]
    return f"{above}{MARK}\n" + "".join(f"\n{_section(spec)}\n" for spec in SPECS)


def _section(spec: SheetSpec) -> str:
    needed = "；".join(" 或 ".join(spec[name].label for name in group) for group in spec.needs)
    rows = [
        f"| {column.label} | {'是' if column.required else ''} | {column.accepts} | {column.example} "
        f"| {' '.join(column.aliases)} |"
        for column in spec.columns
    ]
    return "\n".join((f"## {spec.label}（`{spec.kind}`）", "", f"认表的列：{needed}。", "", _HEAD, *rows))

"""个人信息: what students fill in themselves; blanks and gaps are pointed out, and nothing is 无 before they say so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from biye.casework.core.remarks import remark

NOTHING = "无"
CV, FAMILY = "本人简历", "家庭成员"
CV_COLUMNS = ("起", "止", "在何处学习或工作", "任何职", "证明人")
FAMILY_COLUMNS = ("称谓", "姓名", "年龄", "政治面貌", "工作单位")
TABLES = {CV: CV_COLUMNS, FAMILY: FAMILY_COLUMNS}
MOST_ROWS = 12
LONGEST = 120
_NOW = "至今"
_SHAPES = {
    "联系电话": (re.compile(r"\+?[\d\- ()（）]{7,20}"), "not_a_telephone"),
    "单位电话": (re.compile(r"\+?[\d\- ()（）]{7,20}"), "not_a_telephone"),
    "电子邮箱": (re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+"), "not_an_email"),
    "邮政编码": (re.compile(r"\d{6}"), "not_a_postcode"),
    "单位邮编": (re.compile(r"\d{6}"), "not_a_postcode"),
}
_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """个人信息的一项: a text, or a table of rows; `is_none` is the student's own 无."""

    label: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    is_none: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def is_table(self) -> bool:
        """Is it filled in row by row?"""
        return bool(self.columns)

    @property
    def is_blank(self) -> bool:
        """Nothing said, not even 无."""
        return not (self.is_none or self.text or self.rows)


def own_lines(asked: Sequence[str], said: Mapping[str, Any], today: date) -> tuple[OwnLine, ...]:
    """逐项 as the season asks for them: what was said, and what is to be pointed out."""
    return tuple(_line(label, said.get(label), today) for label in asked)


def cleaned(label: str, value: Any) -> Any:
    """What is kept of an entry: blanks around it and empty rows are nobody's intention."""
    if label not in TABLES:
        return " ".join(str(value).split())[:LONGEST]
    if value == NOTHING:
        return NOTHING
    columns = TABLES[label]
    rows = [{name: " ".join(str(row.get(name, "")).split())[:LONGEST] for name in columns} for row in value]
    return [row for row in rows if any(row.values())][:MOST_ROWS]


def blanks(lines: Sequence[OwnLine]) -> tuple[str, ...]:
    """还没有填写的: labels in order."""
    return tuple(line.label for line in lines if line.is_blank)


def _line(label: str, value: Any, today: date) -> OwnLine:
    if label in TABLES:
        return _table(label, value or [], today)
    text = str(value or "")
    if not text:
        return OwnLine(label, remarks=(remark("own_blank"),))
    if text == NOTHING:
        return OwnLine(label, text=text, is_none=True)
    shape = _SHAPES.get(label)
    remarks = (remark(shape[1]),) if shape and not shape[0].fullmatch(text) else ()
    return OwnLine(label, text=text, remarks=remarks)


def _table(label: str, value: Any, today: date) -> OwnLine:
    columns = TABLES[label]
    if value == NOTHING:
        return OwnLine(label, columns=columns, is_none=True)
    rows = tuple(tuple(str(row.get(name, "")) for name in columns) for row in value)
    if not rows:
        return OwnLine(label, columns=columns, remarks=(remark("own_blank"),))
    said = _cv_remarks(value, today) if label == CV else _family_remarks(value)
    return OwnLine(label, columns=columns, rows=rows, remarks=said)


def _family_remarks(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(
        remark("family_incomplete", row=number)
        for number, row in enumerate(rows, 1)
        if not (row.get("称谓") and row.get("姓名"))
    )


def _cv_remarks(rows: Sequence[Row], today: date) -> tuple[str, ...]:
    """连续: each row by itself, then the months between them and up to today."""
    now = today.year * 12 + today.month - 1
    found, spans = [], []
    for number, row in enumerate(rows, 1):
        first, last = _month(row.get("起", "")), _month(row.get("止", ""), now)
        if first is None or last is None:
            found.append(remark("cv_unreadable", row=number))
        elif last < first:
            found.append(remark("cv_backwards", row=number))
        else:
            spans.append((first, last))
        if not row.get("在何处学习或工作"):
            found.append(remark("cv_incomplete", row=number))
    return (*found, *_gaps(sorted(spans), now))


def _gaps(spans: list[tuple[int, int]], now: int) -> list[str]:
    """A span that ends in one month and one that begins in the next leave nothing open."""
    found = []
    reached = spans[0][1] if spans else now
    for first, last in spans:
        if first > reached + 1:
            found.append(remark("cv_gap", after=_shown(reached), before=_shown(first)))
        reached = max(reached, last)
    if reached < now - 1:
        found.append(remark("cv_ends_early", until=_shown(reached)))
    return found


def _month(text: str, now: int | None = None) -> int | None:
    """Months since year 0; `now` is what 至今 means, where it may be said."""
    if now is not None and text.strip() == _NOW:
        return now
    found = _MONTH.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    return int(found[1]) * 12 + int(found[2]) - 1


def _shown(month: int) -> str:
    return f"{month // 12}年{month % 12 + 1}月"

"""读表: a sheet read by its spec: values by column, and every row marked good, doubtful or refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from biye.foundation.identity import mask
from biye.machinery.exchange.core.cells import Codes, Column, Sheet, letters
from biye.machinery.exchange.core.columns import BadValue, ColumnSpec, Match, SheetSpec
from biye.machinery.exchange.core.headings import Headings
from biye.machinery.exchange.core.problems import Problem, Problems, Severity
from biye.machinery.exchange.core.texts import clean, heading, short

Rows = npt.NDArray[np.bool_]
ASKED, REFUSED = 1, 2
_STATE = {Severity.NOTE: 0, Severity.ASK: ASKED, Severity.REFUSE: REFUSED}
_TOTALS = ("合计", "总计", "小计", "共计", "平均", "平均分", "总分", "总人数", "最高分", "最低分", "及格率")
_FOOTERS = (
    "制表",
    "填表",
    "审核",
    "说明",
    "备注",
    "注：",
    "注:",
    "经办",
    "打印",
    "教务员",
    "任课教师",
    "负责人",
    "第1页",
)
_COUNTED = re.compile(r"共\d")
OWN_HEADINGS = ("问题", "序号", "编号", "行号", "no", "no.", "备注")


class Each(IntEnum):
    """How many problems stand for many rows alike: one a row, one a different value, or one for all."""

    ROW = 0
    VALUE = 1
    SHEET = 2


@dataclass(slots=True)
class Values:
    """值列: row by row a position among parsed values; position 0 is None, which is a blank or refused cell."""

    codes: Codes
    distinct: list[Any]

    def array[Kind: np.generic](self, kind: type[Kind], unknown: Any) -> npt.NDArray[Kind]:
        """The values as an array, `unknown` where there is none."""
        return np.array([unknown if value is None else value for value in self.distinct], kind)[self.codes]

    def list(self) -> list[Any]:
        """The values row by row."""
        distinct = self.distinct
        return [distinct[code] for code in self.codes.tolist()]

    def mapped(self, change: Any) -> "Values":
        """The same rows with every value that is there changed."""
        return Values(self.codes, [None if value is None else change(value) for value in self.distinct])

    @property
    def known(self) -> Rows:
        """Which rows have a value."""
        return np.array([value is not None for value in self.distinct], np.bool_)[self.codes]

    def rows(self, picked: npt.NDArray[Any]) -> "Values":
        """Only these rows."""
        return Values(self.codes[picked], self.distinct)

    @classmethod
    def nothing(cls, rows: int) -> "Values":
        """A column that is not in the sheet."""
        return cls(np.zeros(rows, np.int32), [None])


@dataclass(slots=True)
class Table:
    """表格: the body of one sheet, column by column, with what became of each row."""

    spec: SheetSpec
    file: str
    sheet: str
    body: Sheet
    shown: list[str]
    places: dict[str, int]
    problems: Problems
    values: dict[str, Values] = field(default_factory=dict)
    state: npt.NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    reasons: dict[int, list[Problem]] = field(default_factory=dict)  # body row → refused or asked, for the mend sheet

    def __len__(self) -> int:
        return len(self.body)

    def __getitem__(self, name: str) -> Values:
        return self.values.get(name) or Values.nothing(len(self))

    def __contains__(self, name: str) -> bool:
        return name in self.places

    @property
    def good(self) -> Rows:
        """Rows not refused."""
        return self.state < REFUSED

    def shown_value(self, name: str, row: int) -> str:
        """The cell as it stands in the sheet, masked where it is private."""
        if name not in self.places:
            return ""
        text = clean(self.body.columns[self.places[name]].text(row))
        return mask(text) if self.spec[name].private else short(text)

    def complain(
        self, rows: Rows, code: str, severity: Severity, column: str = "", each: Each = Each.ROW, **details: object
    ) -> None:
        """One problem of some rows; the rows keep their worst severity. Notes are never repeated row by row."""
        picked = np.flatnonzero(rows).tolist()
        if not picked:
            return
        if each is Each.SHEET or (each is Each.ROW and severity is Severity.NOTE):
            groups = [picked]
        elif each is Each.ROW:
            groups = [[row] for row in picked]
        else:
            alike: dict[str, list[int]] = {}
            for row in picked:
                alike.setdefault(self.shown_value(column, row), []).append(row)
            groups = list(alike.values())
        for group in groups:
            self.post(group, code, severity, column, details)

    def post(self, rows: list[int], code: str, severity: Severity, column: str, details: Mapping[str, object]) -> None:
        """One problem that stands for these rows and is shown at the first of them."""
        first = rows[0]
        heading = self.heading_of(column)
        shown = self.shown_value(column, first)
        at = int(self.body.rows[first])
        problem = Problem(code, severity, self.file, self.sheet, at, heading, shown, details, len(rows))
        self.problems.add(problem)
        self.state[rows] = np.maximum(self.state[rows], _STATE[severity])
        if severity is not Severity.NOTE:
            for row in rows:
                self.reasons.setdefault(row, []).append(problem)

    def heading_of(self, name: str) -> str:
        """The heading a person sees over our column; ours where the sheet has no such column."""
        if not name:
            return ""
        return short(self.shown[self.places[name]]) if name in self.places else self.spec[name].label


def read_table(file: str, sheet: Sheet, headings: Headings, match: Match, problems: Problems) -> Table:
    """The body of a sheet by its spec: totals, footers and repeated headings left out, every cell parsed."""
    body = _body(sheet, headings)
    table = Table(match.spec, file, sheet.name, body, headings.shown, match.places, problems)
    key_column = match.spec.needs[0][0]
    kept = _data_rows(table, headings, key_column)
    table.body = Sheet(body.name, body.rows[kept], [column.rows(kept) for column in body.columns], body.places)
    table.state = np.zeros(len(table.body), np.uint8)
    _note_sheet(table, sheet, headings, match)
    for name, place in match.places.items():
        _parse(table, match.spec[name], table.body.columns[place])
    return table


def _body(sheet: Sheet, headings: Headings) -> Sheet:
    below = slice(headings.body, None)
    return Sheet(sheet.name, sheet.rows[below], [column.rows(below) for column in sheet.columns], sheet.places)


def _data_rows(table: Table, headings: Headings, key_column: str) -> Rows:
    """Rows that are data; what is left out is noted."""
    body = table.body
    kept = np.ones(len(body), np.bool_)
    key = body.columns[table.places[key_column]] if key_column in table.places else None
    blank_key = key.codes == 0 if key else np.ones(len(body), np.bool_)
    first_text = _first_texts(body)
    totals = [row for row in np.flatnonzero(blank_key).tolist() if _is_footer(first_text(row))]
    if key:
        worded = np.array([_is_footer(text) for text in key.texts], np.bool_)[key.codes]
        totals += np.flatnonzero(worded).tolist()
        label = {heading(table.shown[table.places[key_column]]), heading(table.spec[key_column].label)}
        repeated = np.array([bool(text) and heading(text) in label for text in key.texts], np.bool_)[key.codes]
        kept[repeated] = False
        _note_rows(table, "headings_repeated", np.flatnonzero(repeated).tolist())
    kept[totals] = False
    _note_rows(table, "totals_skipped", sorted(totals))
    if len(body):
        gaps = int(body.rows[-1] - body.rows[0] + 1 - len(body))
        if gaps > 0:
            table.problems.add(
                Problem("blank_rows", Severity.NOTE, table.file, table.sheet, details={"rows": gaps}, count=1)
            )
    return kept


def _first_texts(body: Sheet) -> Any:
    def first(row: int) -> str:
        return next((text for column in body.columns if (text := clean(column.text(row)))), "")

    return first


def _is_footer(text: str) -> bool:
    word = clean(text).replace(" ", "")
    shortened = word[:2] in _TOTALS and len(word) < 8
    return word in _TOTALS or shortened or word.startswith(_FOOTERS) or _COUNTED.match(word) is not None


def _note_rows(table: Table, code: str, rows: list[int]) -> None:
    if rows:
        row = int(table.body.rows[rows[0]])
        table.problems.add(Problem(code, Severity.NOTE, table.file, table.sheet, row, count=len(rows)))


def _note_sheet(table: Table, sheet: Sheet, headings: Headings, match: Match) -> None:
    """What concerns the sheet as a whole: hidden parts, formulas, columns twice or unknown."""
    severities = {"hidden_rows": Severity.ASK, "hidden_columns": Severity.NOTE}
    for note in sheet.notes:
        severity = severities.get(note.code, Severity.NOTE)
        table.problems.add(Problem(note.code, severity, table.file, table.sheet, details=note.details))
    if sheet.hidden:
        table.problems.add(Problem("hidden_sheet", Severity.ASK, table.file, table.sheet))
    used = {*match.places.values(), *match.twice}
    own = {heading(name) for name in OWN_HEADINGS}
    unknown = [
        short(headings.shown[place]) or letters(sheet.places[place])
        for place in range(len(headings.shown))
        if place not in used and heading(headings.shown[place]) not in own and table.body.columns[place].codes.any()
    ]
    if unknown:
        details = {"columns": "、".join(unknown[:20]) + ("…" if len(unknown) > 20 else "")}
        table.problems.add(Problem("columns_unknown", Severity.NOTE, table.file, table.sheet, details=details))
    for place in match.twice:
        table.problems.add(
            Problem("column_twice", Severity.ASK, table.file, table.sheet, column=short(headings.shown[place]))
        )


def _parse(table: Table, spec: ColumnSpec, column: Column) -> None:
    """Every different text once; problems by row."""
    distinct: list[Any] = [None]
    lookup = np.zeros(len(column.texts), np.int32)
    complaints: dict[int, BadValue] = {}
    blank = np.zeros(len(column.texts), np.bool_)
    for position in np.unique(column.codes).tolist():
        if doubt := column.doubts.get(position):
            complaints[position] = BadValue(doubt)
            continue
        text = clean(column.texts[position])
        blank[position] = not text
        try:
            value = spec.parse(text) if text else None
        except BadValue as bad:
            complaints[position] = bad
            value = bad.kept
        if value is not None:
            lookup[position] = len(distinct)
            distinct.append(value)
    table.values[spec.name] = Values(lookup[column.codes], distinct)
    _post_complaints(table, spec.name, column, complaints)
    if spec.required:
        table.complain(blank[column.codes], "blank", Severity.REFUSE, spec.name)


def _post_complaints(table: Table, name: str, column: Column, complaints: dict[int, BadValue]) -> None:
    """Refused cells one by one, the others one problem for all that are alike."""
    if not complaints:
        return
    bad = np.zeros(len(column.texts), np.bool_)
    bad[list(complaints)] = True
    alike: dict[tuple[str, Severity], list[int]] = {}
    for row in np.flatnonzero(bad[column.codes]).tolist():
        complaint = complaints[int(column.codes[row])]
        if complaint.severity is Severity.REFUSE:
            table.post([row], complaint.code, complaint.severity, name, complaint.details)
        else:
            alike.setdefault((complaint.code, complaint.severity), []).append(row)
    for (code, severity), rows in alike.items():
        table.post(rows, code, severity, name, complaints[int(column.codes[rows[0]])].details)

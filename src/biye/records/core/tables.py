"""学籍数据表: what a school knows of its students, as columns. Sheets and the database both end here; the audit starts here.

Rows of students are in ascending `key` order. Child tables name their student by row number (0 … n-1), courses and
plans by position in their lists. A word column is `Coded`. Unknown is always said: -1 for codes, numbers, terms and
minutes, `NO_DAY` for days, False in `covered` for a whole part that was never imported.
"""

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt

NO_DAY = -(2**31)
NO_SCORE = -1
Ints = npt.NDArray[np.signedinteger[Any]]
Bools = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Coded:
    """词列: a column of words as positions in a list; -1 is unknown."""

    codes: npt.NDArray[np.int32]
    words: list[str]

    @classmethod
    def of(cls, values: list[str | None]) -> "Coded":
        """From plain words; None and "" are unknown. Words are listed in order of first appearance."""
        position: dict[str, int] = {}
        codes = np.fromiter((position.setdefault(v, len(position)) if v else -1 for v in values), np.int32, len(values))
        return cls(codes, list(position))

    @classmethod
    def empty(cls, rows: int = 0) -> "Coded":
        """A column of `rows` unknowns."""
        return cls(np.full(rows, -1, np.int32), [])

    def word(self, row: int) -> str | None:
        """The word of one row, None where unknown."""
        code = int(self.codes[row])
        return self.words[code] if code >= 0 else None

    def among(self, words: list[str]) -> Bools:
        """Row by row: is the word one of these?"""
        wanted = np.array([word in words for word in self.words] + [False])
        return wanted[self.codes]


def _ints(kind: type[np.signedinteger[Any]]) -> Any:
    return field(default_factory=lambda: np.empty(0, kind))


@dataclass(slots=True)
class Students:
    """学生: one row a status record (学号), never a person. Where nobody reads `student_no` and `name` they may be left empty."""

    key: npt.NDArray[np.int64]
    student_no: list[str]
    name: list[str]
    level: Coded
    mode: Coded
    centre: Coded
    status: Coded
    major: Coded
    entry: npt.NDArray[np.int16]  # term index
    plan: npt.NDArray[np.int32]  # position in plans
    suspended_terms: npt.NDArray[np.int16]
    birth_day: npt.NDArray[np.int32]  # days since 1970, NO_DAY unknown
    sex: npt.NDArray[np.int8]  # 1 男, 2 女, 0 unknown
    identity_type: Coded
    identity: npt.NDArray[np.bytes_]  # S18, upper case; b"" unknown
    outside_system: Bools  # 老生: in no system, paper route
    covered: npt.NDArray[np.int32]  # bit Part = that part was imported for the student
    filled: dict[str, Bools] = field(default_factory=dict)  # field name → is it filled (record.complete)
    plan_codes: tuple[
        str, ...
    ] = ()  # of all plans, by the position that `plan` holds; the same whatever rows are taken

    def __len__(self) -> int:
        return len(self.key)


@dataclass(slots=True, eq=False)
class Plans:
    """教学计划: plans, their modules and courses, and which unified exams they ask."""

    code: list[str] = field(default_factory=list)
    total_credits: npt.NDArray[np.int32] = _ints(np.int32)  # tenths, -1 not stated
    # modules
    module_plan: npt.NDArray[np.int32] = _ints(np.int32)
    module_code: list[str] = field(default_factory=list)
    module_name: list[str] = field(default_factory=list)
    module_credits: npt.NDArray[np.int32] = _ints(np.int32)  # asked, tenths; 0 asks nothing
    module_overflow: npt.NDArray[np.int32] = _ints(np.int32)  # module row the surplus flows to, -1 none
    # courses of plans
    slot_plan: npt.NDArray[np.int32] = _ints(np.int32)
    slot_course: npt.NDArray[np.int32] = _ints(np.int32)
    slot_module: npt.NDArray[np.int32] = _ints(np.int32)  # module row, -1 none
    slot_credits: npt.NDArray[np.int32] = _ints(np.int32)  # tenths
    slot_kind: npt.NDArray[np.int8] = _ints(np.int8)
    slot_assessment: npt.NDArray[np.int8] = _ints(np.int8)
    slot_core: npt.NDArray[np.int8] = _ints(np.int8)  # 主干课
    slot_degree: npt.NDArray[np.int8] = _ints(np.int8)  # 学位课
    # substitutions: a result in `taken` counts for `counts_as` (plan -1: in every plan)
    substitution_plan: npt.NDArray[np.int32] = _ints(np.int32)
    substitution_taken: npt.NDArray[np.int32] = _ints(np.int32)
    substitution_counts_as: npt.NDArray[np.int32] = _ints(np.int32)
    # unified exams asked
    exam_plan: npt.NDArray[np.int32] = _ints(np.int32)
    exam_subject: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Courses:
    """课程: code and name by position."""

    code: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Results:
    """成绩: one row an attempt."""

    student: npt.NDArray[np.int32] = _ints(np.int32)
    course: npt.NDArray[np.int32] = _ints(np.int32)
    score: npt.NDArray[np.int32] = _ints(np.int32)  # hundredths, NO_SCORE where the mark says it
    mark: npt.NDArray[np.int8] = _ints(np.int8)
    obtained: npt.NDArray[np.int8] = _ints(np.int8)
    term: npt.NDArray[np.int16] = _ints(np.int16)


@dataclass(slots=True)
class Exams:
    """统考: one row a subject."""

    student: npt.NDArray[np.int32] = _ints(np.int32)
    subject: Coded = field(default_factory=Coded.empty)
    outcome: npt.NDArray[np.int8] = _ints(np.int8)  # codes.Outcome, -1 unknown
    score: npt.NDArray[np.int32] = _ints(np.int32)
    reason: Coded = field(default_factory=Coded.empty)  # 免考原因


@dataclass(slots=True)
class Certificates:
    """外语等证书: degree English and its equivalents."""

    student: npt.NDArray[np.int32] = _ints(np.int32)
    kind: Coded = field(default_factory=Coded.empty)
    score: npt.NDArray[np.int32] = _ints(np.int32)  # NO_SCORE: passed, no figure
    obtained: npt.NDArray[np.int32] = _ints(np.int32)  # day


@dataclass(slots=True)
class Fees:
    """交费: one row a kind and year."""

    student: npt.NDArray[np.int32] = _ints(np.int32)
    kind: Coded = field(default_factory=Coded.empty)
    year: npt.NDArray[np.int16] = _ints(np.int16)
    due: npt.NDArray[np.int64] = _ints(np.int64)  # cents
    paid: npt.NDArray[np.int64] = _ints(np.int64)  # cents
    posted: npt.NDArray[np.int32] = _ints(np.int32)  # 到账日


@dataclass(slots=True)
class Sanctions:
    """处分."""

    student: npt.NDArray[np.int32] = _ints(np.int32)
    kind: Coded = field(default_factory=Coded.empty)
    imposed: npt.NDArray[np.int32] = _ints(np.int32)  # day
    lifted: npt.NDArray[np.int32] = _ints(np.int32)  # day, NO_DAY while in force


@dataclass(slots=True)
class Flags:
    """标记: e.g. 前置学历待复查."""

    student: npt.NDArray[np.int32] = _ints(np.int32)
    flag: Coded = field(default_factory=Coded.empty)
    cleared: npt.NDArray[np.int8] = _ints(np.int8)  # 1 cleared, 0 standing, -1 unknown


@dataclass(slots=True)
class Photos:
    """毕业照片: what CHSI says; at most one row a student."""

    student: npt.NDArray[np.int32] = _ints(np.int32)
    at_chsi: npt.NDArray[np.int8] = _ints(np.int8)  # 学信网是否有毕业照: 1, 0, -1
    at_chsi_since: npt.NDArray[np.int64] = _ints(np.int64)  # minute
    comparison: Coded = field(default_factory=Coded.empty)  # 图像比对, CHSI's own words
    compared: npt.NDArray[np.int64] = _ints(np.int64)  # minute
    specification: npt.NDArray[np.int8] = _ints(np.int8)  # a Verdict


@dataclass(slots=True)
class History:
    """往季结论: what earlier seasons concluded."""

    student: npt.NDArray[np.int32] = _ints(np.int32)
    season: npt.NDArray[np.int16] = _ints(np.int16)  # term index
    conclusion: Coded = field(default_factory=Coded.empty)
    outcome: Coded = field(default_factory=Coded.empty)


@dataclass(slots=True)
class RecordTables:
    """学籍数据表: everything one audit may look at."""

    students: Students
    plans: Plans = field(default_factory=Plans)
    courses: Courses = field(default_factory=Courses)
    results: Results = field(default_factory=Results)
    exams: Exams = field(default_factory=Exams)
    certificates: Certificates = field(default_factory=Certificates)
    fees: Fees = field(default_factory=Fees)
    sanctions: Sanctions = field(default_factory=Sanctions)
    flags: Flags = field(default_factory=Flags)
    photos: Photos = field(default_factory=Photos)
    history: History = field(default_factory=History)


CHILD_TABLES = ("results", "exams", "certificates", "fees", "sanctions", "flags", "photos", "history")


def take_rows[T](table: T, rows: npt.NDArray[np.intp] | Bools) -> T:
    """The same table, students or any child table, with only these rows, in this order."""
    picked: dict[str, Any] = {}
    places = rows.nonzero()[0] if rows.dtype == bool else rows
    for column in fields(table):  # type: ignore[arg-type]
        value = getattr(table, column.name)
        if isinstance(value, Coded):
            value = Coded(value.codes[places], value.words)
        elif isinstance(value, list):
            value = [value[place] for place in places.tolist()] if value else value
        elif isinstance(value, tuple):
            pass
        elif isinstance(value, dict):
            value = {name: part[places] for name, part in value.items()}
        else:
            value = value[places]
        picked[column.name] = value
    return type(table)(**picked)

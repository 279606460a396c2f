"""毕业批次: what stands in a season file: who is a candidate, until when, which applications, which forms."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from biye.seasons.core.people import People
from biye.seasons.core.school import Meaning
from biye.seasons.core.shapes import Document, Identifier, Moment, Source, Strict, Term, When, Words

Silence = Literal["no_objection", "not_this_season", "application_void", "nothing"]
Relation = Literal["own", "centre", "college"]
TaskName = Literal[
    "record_check",
    "courses",
    "photo",
    "conclusion",
    "sign_off",
    "registration_form",
    "appraisal",
    "degree",
    "public_notice",
]
CaseKind = Literal[
    "record_check",
    "correction",
    "objection",
    "sign_off",
    "completion",
    "deferral",
    "degree",
    "appraisal",
    "pre_confirmation",
    "withdrawal",
]


class Exclusion(Strict):
    """不列入范围: why students of such a status are no candidates; `clean_up` lists them for the office to settle."""

    why_not: str
    clean_up: bool = False
    source: Source | None = None


class CalendarEntry(Strict):
    """日程: from and until are moments. silence: what happens to whoever does nothing.

    no_objection: 视为无异议 (deemed, never a signature). not_this_season: 本季不能毕业. application_void: 申请无效.
    nothing: the notice attaches no effect.
    """

    label: str
    from_: Annotated[Moment | None, Field(alias="from")] = None
    until: Moment
    silence: Silence
    consequence: str = ""
    ways: Words = ()
    office: str | None = None
    source: Source

    @model_validator(mode="after")
    def _runs_forward(self) -> "CalendarEntry":
        if self.from_ is not None and self.from_ >= self.until:
            raise PydanticCustomError("ends_before_it_begins", "until is not after from")
        return self


class RouteSpec(Strict):
    """申请通道: an application with up to two clocks: `window` online, `paper` for the signed sheet (both calendar entries).

    evidence: key field → what proves its change; "其他" stands for every field without a line of its own.
    """

    label: str
    for_: Annotated[People | None, Field(alias="for")] = None
    open_when: When | None = None
    closed_because: str
    window: str | None = None
    paper: str | None = None
    irreversible: str = ""
    reason_fields: Words = ()
    key_fields: Words = ()
    evidence: dict[str, Words] = {}
    office: str | None = None
    source: Source


class TaskSpec(Strict):
    """学生要做的事: one card on the student's first page, in the order of the file. `window` and `paper` are calendar entries.

    own_fields: what the student fills in here. least and most: length of the text, in characters.
    """

    label: str
    window: str | None = None
    paper: str | None = None
    for_: Annotated[People | None, Field(alias="for")] = None
    for_conclusion: Words = ()
    needs: tuple[TaskName, ...] = ()
    own_fields: Words = ()
    least: int | None = Field(default=None, ge=1)
    most: int | None = Field(default=None, ge=1)
    ways: Words = ()
    office: str | None = None
    source: Source


class Withdrawing(Strict):
    """退学处理: how long a proposal is public and open to appeal, counted from its delivery."""

    publicity_days: int = Field(ge=1)
    source: Source


class FormSpec(Strict):
    """表格: who prints which form, and what must be there first."""

    label: str
    for_: Annotated[People | None, Field(alias="for")] = None
    for_conclusion: Words = ()
    needs: Words = ()
    source: Source


class LastChance(Strict):
    """最后机会: an intake that does not come again. Nobody is withdrawn while one of `after` is still open."""

    for_: Annotated[People, Field(alias="for")]
    outcome: str
    after: Words = ()
    question: str
    source: Source


class DegreePolicy(Strict):
    """学位申请: when its conditions must hold, and how long after graduation one may apply."""

    conditions: Literal["before_graduation", "after_graduation"]
    apply_within_months: int | None = Field(default=None, ge=1)
    window: str | None = None
    source: Source


class Notice(Strict):
    """提示: a clause that students or centres must read, which no rule decides."""

    text: str
    for_: Annotated[People | None, Field(alias="for")] = None
    source: Source


class Season(Strict):
    """毕业批次. `term`: the term at which study has ended, so that terms studied = term - intake.

    second_person: kinds of case that one person checks and another approves (复核). frozen_from: when nothing of the
    record changes any more; without it, a student's record is open until the student is locked.
    """

    season: str
    title: str
    term: Term
    documents: tuple[Document, ...]
    rulebooks: dict[Identifier, str] = Field(min_length=1)
    scope: People
    scope_source: Source
    excluded: dict[Meaning, Exclusion] = {}
    calendar: dict[Identifier, CalendarEntry] = Field(min_length=1)
    tasks: dict[TaskName, TaskSpec] = {}
    routes: dict[Identifier, RouteSpec] = {}
    forms: dict[Identifier, FormSpec] = {}
    last_chance: LastChance | None = None
    withdrawal: Withdrawing | None = None
    second_person: tuple[CaseKind, ...] = ()
    frozen_from: Moment | None = None
    degree: DegreePolicy | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def closing(self) -> dict[str, datetime]:
        """Each calendar entry's closing moment."""
        return {name: entry.until for name, entry in self.calendar.items()}

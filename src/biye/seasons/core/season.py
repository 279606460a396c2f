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
    """申请通道: an application with up to two clocks: `window` online, `paper` for the signed sheet (both calendar entries)."""

    label: str
    for_: Annotated[People | None, Field(alias="for")] = None
    open_when: When | None = None
    closed_because: str
    window: str | None = None
    paper: str | None = None
    irreversible: str = ""
    reason_fields: Words = ()
    key_fields: Words = ()
    evidence: Words = ()
    office: str | None = None
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
    """毕业批次. `term`: the term at which study has ended, so that terms studied = term - intake."""

    season: str
    title: str
    term: Term
    documents: tuple[Document, ...]
    rulebooks: dict[Identifier, str] = Field(min_length=1)
    scope: People
    scope_source: Source
    excluded: dict[Meaning, Exclusion] = {}
    calendar: dict[Identifier, CalendarEntry] = Field(min_length=1)
    routes: dict[Identifier, RouteSpec] = {}
    forms: dict[Identifier, FormSpec] = {}
    last_chance: LastChance | None = None
    degree: DegreePolicy | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def closing(self) -> dict[str, datetime]:
        """Each calendar entry's closing moment."""
        return {name: entry.until for name, entry in self.calendar.items()}

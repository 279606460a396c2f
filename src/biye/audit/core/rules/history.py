"""往季结论: what an earlier season concluded, and what came of it."""

from typing import Annotated, Literal

import numpy as np
from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from biye.audit.core.batch import Batch, Measured
from biye.audit.core.intervals import decided
from biye.audit.core.vocabulary import Needs, Params, Unit, kind
from biye.foundation.codes import Part
from biye.foundation.terms import UNKNOWN_TERM, term
from biye.records.core.tables import Bools, Coded
from biye.seasons.core.shapes import Words

NOTHING_EARLIER, SEASON_UNKNOWN = 1, 2  # detail


def _which(value: object) -> object:
    if value in ("any", "latest") or isinstance(value, int):
        return value
    try:
        return term(str(value))
    except ValueError as error:
        raise PydanticCustomError("not_a_term", "neither a term nor any nor latest") from error


class HistoryOf(Params):
    """往季."""

    one_of: Words = Field(default=(), description="须是其中之一")
    none_of: Words = Field(default=(), description="或：不得是其中任何一个")
    season: Annotated[Literal["any", "latest"] | int, BeforeValidator(_which), WithJsonSchema({"type": "string"})] = (
        Field(description="哪一季：any 任一季、latest 最近一季，或如 2022春")
    )

    @model_validator(mode="after")
    def _one_list(self) -> "HistoryOf":
        if bool(self.one_of) == bool(self.none_of):
            raise PydanticCustomError("exactly_one", "exactly one of {keys}", {"keys": "one_of、none_of"})
        return self


class HistoryConclusion(HistoryOf):
    """往季审查结论."""


class HistoryOutcome(HistoryOf):
    """往季毕业结果."""


@kind("history.conclusion", Unit.CODE, Needs.HISTORY)
def history_conclusion(batch: Batch, params: HistoryConclusion) -> Measured:
    """往季审查结论: what an earlier season concluded is among these words (or among none of them).

    have: rows of earlier seasons that are among them; need: 1, or 0 with `none_of` (n,). detail: NOTHING_EARLIER,
    SEASON_UNKNOWN. 待核实: earlier seasons were not imported and could change the answer, or a season or conclusion is
    blank. Nobody's earlier seasons: none of the words. Source: S1 三.3, issue section 3.
    """
    return _measure(batch, params, batch.history.conclusion)


@kind("history.outcome", Unit.CODE, Needs.HISTORY)
def history_outcome(batch: Batch, params: HistoryOutcome) -> Measured:
    """往季毕业结果: what came of an earlier season (毕业, 结业, 延缓 …) is among these words (or among none of them).

    Shapes, units and 待核实 as in history.conclusion. Source: S1 二.2, D1 (graduates of the two previous batches).
    """
    return _measure(batch, params, batch.history.outcome)


def _measure(batch: Batch, params: HistoryOf, column: Coded) -> Measured:
    """Rows that count and rows that may; a word among those asked, one that is not, or a blank."""
    table, n = batch.history, batch.n
    earlier = (table.season < batch.frame.season_term) & (table.season != UNKNOWN_TERM)
    undated = table.season == UNKNOWN_TERM
    if params.season == "any":
        counts, may = earlier, undated
    elif params.season == "latest":
        latest = np.full(n, UNKNOWN_TERM, np.int64)
        np.maximum.at(latest, table.student[earlier], table.season[earlier].astype(np.int64))
        counts, may = earlier & (table.season == latest[table.student]), undated
    else:
        counts, may = table.season == params.season, undated
    among, blank = column.among([*params.one_of, *params.none_of]), column.codes < 0
    hit = counts & among
    surely, perhaps = _tally(batch, params, hit, counts & ~among & ~blank, may | counts & blank)
    met, not_met = (perhaps ^ True, surely) if params.none_of else (surely, ~perhaps)
    have = np.bincount(table.student[hit], minlength=n).astype(np.int32)
    none = _any(n, table.student[counts]) ^ True
    told = none * NOTHING_EARLIER | _any(n, table.student[undated]) * SEASON_UNKNOWN
    return Measured.of(decided(met, not_met), have, 0 if params.none_of else 1, told)


def _tally(batch: Batch, params: HistoryOf, hit: Bools, miss: Bools, open_: Bools) -> tuple[Bools, Bools]:
    """Is it surely one of the words, and may it be? (n,)"""
    n, student = batch.n, batch.history.student
    hits, misses, doubts = (_any(n, student[rows]) for rows in (hit, miss, open_))
    unseen = ~batch.covered(Part.HISTORY)
    if params.season == "any":
        return hits, hits | doubts | unseen
    # One season: where its rows differ, or a later or unnamed one may come, nobody can say.
    later = unseen if params.season == "latest" else unseen & ~hits & ~misses
    surely = hits & ~misses & ~doubts & ~later
    return surely, hits | doubts | later


def _any(n: int, students: np.ndarray) -> Bools:
    found = np.zeros(n, bool)
    found[students] = True
    return found

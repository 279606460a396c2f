"""学籍状况: status, terms studied, sanctions, named flags."""

from typing import Literal

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from biye.audit.core.batch import Batch, Measured
from biye.audit.core.intervals import at_least, at_most, decided
from biye.audit.core.limits import TermLimit
from biye.audit.core.vocabulary import Needs, Params, Unit, kind
from biye.foundation.codes import Part
from biye.foundation.moments import day_number
from biye.foundation.terms import UNKNOWN_TERM
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import NO_DAY, Bools
from biye.seasons.core.people import UNKNOWN_TERMS, terms_studied
from biye.seasons.core.school import Level
from biye.seasons.core.shapes import Words

SHOWN = 62  # bits of a detail for the kinds a rule names
UNKNOWN_INTAKE, UNKNOWN_SUSPENSION = 1, 2  # detail of standing.study_period


class StandingStatus(Params):
    """学籍状态."""

    status: Words = Field(min_length=1, description="学籍状态须是其中之一")


@kind("standing.status", Unit.CODE)
def standing_status(batch: Batch, params: StandingStatus) -> Measured:
    """学籍状态: the status is one of these.

    have: its place in the list, -1 where it is not in it or not known; need: 0; detail 0 (n,). 待核实: the status is not
    known. Source: domain 4.2, N20 (formal status).
    """
    status = batch.students.status
    place = [params.status.index(word) if word in params.status else -1 for word in status.words]
    have = np.array([*place, -1], np.int32)[status.codes]
    known = status.codes >= 0
    return Measured.of(decided(have >= 0, known & (have < 0)), have, 0)


class StandingStudyPeriod(Params):
    """学习年限."""

    min: TermLimit | None = Field(default=None, description="至少学满几个学期；level 为该层次的最短年限")
    max: TermLimit | None = Field(default=None, description="至多几个学期；level 为该层次的最长年限")
    suspension: Literal["by_level", "counted", "not_counted"] = Field(
        default="by_level", description="休学时间：按学校规定，计入，或不计入"
    )

    @model_validator(mode="after")
    def _any_limit(self) -> "StandingStudyPeriod":
        if self.min is None and self.max is None:
            raise PydanticCustomError("at_least_one", "one of {keys}", {"keys": "min、max"})
        return self


@kind("standing.study_period", Unit.TERMS)
def standing_study_period(batch: Batch, params: StandingStudyPeriod) -> Measured:
    """学习年限: terms between intake and season are at least and at most so many, with or without suspension.

    have: terms (the fewest they may be); need: the most allowed where that is given and passed, else the fewest asked,
    else the most (n,). detail: UNKNOWN_INTAKE, UNKNOWN_SUSPENSION. 待核实: the intake is not known, or suspension that is
    not known decides; a level without the school's figure. Source: S1 一, domain 4.1, N6.
    """
    least, most = _terms(batch, params.suspension)
    verdicts, need = [], np.zeros(batch.n, np.int32)
    if params.max is not None:
        limit = params.max.each(batch, _level_figure(batch, "max_terms"))
        verdicts.append(at_most(least, most, limit))
        need = limit
    if params.min is not None:
        limit = params.min.each(batch, _level_figure(batch, "min_terms"))
        verdicts.append(at_least(least, most, limit))
        need = np.where(verdicts[0] == Verdict.NOT_MET, need, limit) if len(verdicts) > 1 else limit
    both = np.stack(verdicts)
    intake, suspension = batch.students.entry == UNKNOWN_TERM, batch.students.suspended_terms == UNKNOWN_TERMS
    verdict = decided((both == Verdict.MET).all(axis=0), (both == Verdict.NOT_MET).any(axis=0))
    return Measured.of(verdict, least, need, intake * UNKNOWN_INTAKE | suspension * UNKNOWN_SUSPENSION)


def _terms(batch: Batch, suspension: str) -> tuple[np.ndarray, np.ndarray]:
    """The fewest and the most terms studied; an unknown intake leaves everything open."""
    students = batch.students
    if suspension == "by_level":
        return terms_studied(students, batch.frame)
    elapsed = batch.frame.season_term - students.entry.astype(np.int32)
    away = students.suspended_terms.astype(np.int32)
    least = most = elapsed
    if suspension == "not_counted":
        least, most = np.where(away < 0, 0, elapsed - away), np.where(away < 0, elapsed, elapsed - away)
    unknown = students.entry == UNKNOWN_TERM
    return np.where(unknown, 0, least), np.where(unknown, np.iinfo(np.int32).max, most)


def _level_figure(batch: Batch, name: str) -> np.ndarray:
    """The school's figure for each student's level, -1 where it has none."""
    levels: dict[str, Level] = batch.frame.school.levels
    figures = [getattr(levels[word], name) if word in levels else None for word in batch.students.level.words]
    table = np.array([*(-1 if figure is None else figure for figure in figures), -1], np.int32)
    return table[batch.students.level.codes]


class StandingDiscipline(Params):
    """处分."""

    kinds: Words = Field(default=(), max_length=SHOWN, description="哪些处分；不写则任何处分")
    counts: Literal["in_force", "ever"] = Field(description="尚在期内的，或曾经受过的")


@kind("standing.discipline", Unit.COUNT, Needs.SANCTIONS)
def standing_discipline(batch: Batch, params: StandingDiscipline) -> Measured:
    """处分: no sanction of a kind, in force on the day asked about or ever; one lifted that day is no longer in force.

    have: sanctions that stand against the student; need: 0 (n,). detail: bit i, a sanction of the i-th kind named.
    待核实: sanctions were not imported, or one is of unknown kind. Source: D3 (留校察看 in force), D4, N19 (none ever).
    """
    table = batch.sanctions
    against, unsure = _among(table.kind.codes, table.kind.words, params.kinds)
    if params.counts == "in_force":
        today = day_number(batch.frame.at.astimezone(batch.frame.school.zone).date())
        stands = (table.lifted == NO_DAY) | (table.lifted > today)
        against, unsure = against & stands, unsure & stands
    have = np.zeros(batch.n, np.int32)
    np.add.at(have, table.student[against], np.int32(1))
    told = np.zeros(batch.n, np.int64)
    for number, word in enumerate(params.kinds):
        told[table.student[against & table.kind.among([word])]] |= np.int64(1) << number
    unclear = np.zeros(batch.n, bool)
    unclear[table.student[unsure]] = True
    clean = (have == 0) & ~unclear & batch.covered(Part.SANCTIONS)
    return Measured.of(decided(clean, have > 0), have, 0, told)


class StandingFlag(Params):
    """标记."""

    flag: Words = Field(min_length=1, max_length=SHOWN, description="须已解除的标记，如 前置学历待复查")


@kind("standing.flag", Unit.COUNT, Needs.FLAGS)
def standing_flag(batch: Batch, params: StandingFlag) -> Measured:
    """标记: a named flag such as 前置学历待复查 was never set, or is cleared.

    have: flags still standing; need: 0 (n,). detail: bit i, the i-th flag named still stands. 待核实: flags were not
    imported, or whether one is cleared is not known. Source: N5, N16.
    """
    table = batch.flags
    mine, unnamed = _among(table.flag.codes, table.flag.words, params.flag)
    standing = mine & (table.cleared == 0)
    unsure = (mine | unnamed) & (table.cleared < 0) | unnamed & (table.cleared == 0)
    told = np.zeros(batch.n, np.int64)
    for number, word in enumerate(params.flag):
        told[table.student[standing & table.flag.among([word])]] |= np.int64(1) << number
    unclear = np.zeros(batch.n, bool)
    unclear[table.student[unsure]] = True
    have = np.bitwise_count(told).astype(np.int32)
    return Measured.of(decided((have == 0) & ~unclear & batch.covered(Part.FLAGS), have > 0), have, 0, told)


def _among(codes: np.ndarray, words: list[str], wanted: tuple[str, ...]) -> tuple[Bools, Bools]:
    """Which rows are of these words, and which may be; with no words asked for, any row is."""
    if not wanted:
        return np.ones(len(codes), bool), np.zeros(len(codes), bool)
    return np.array([*(word in wanted for word in words), False])[codes], codes < 0

"""统考与证书: unified exams, and language or other certificates that may stand for one another."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from biye.audit.core.batch import Batch, Measured
from biye.audit.core.intervals import decided, if_none, where_known
from biye.audit.core.limits import ScoreLimit
from biye.audit.core.plans import PlanGrid
from biye.audit.core.vocabulary import IfNone, Needs, NotEmpty, Params, Unit, answer, kind
from biye.foundation.codes import Outcome, Part
from biye.foundation.moments import day_number
from biye.foundation.terms import UNKNOWN_TERM
from biye.records.core.tables import NO_DAY, NO_SCORE, Bools, Coded
from biye.seasons.core.shapes import Strict, Words

SHOWN = 31  # bits of a detail for subjects that are missing; as many above them for those not known

_GOOD = np.isin(np.arange(-1, len(Outcome)), [Outcome.PASSED, Outcome.EXEMPT])


class ExamsUnified(Params):
    """统考."""

    subjects: Words = Field(description="plan 为教学计划要求的科目，或列出科目")
    if_none: IfNone = Field(default="unknown", description="计划没有列出任何统考科目时")


@kind("exams.unified", Unit.COUNT, Needs.EXAMS)
def exams_unified(batch: Batch, params: ExamsUnified) -> Measured:
    """统考: every unified exam asked is passed or exempt.

    have: subjects passed or exempt; need: subjects asked (n,). detail: bit i, subject i is surely missing; bit SHOWN + i,
    it is not known yet; subjects by `asked_subjects`, so that another plan moves no bit. 待核实: a subject without a row
    while 统考 was not imported for the student, or with an outcome that is not known; no plan; or (by default) a plan
    that asks none. Source: S1 二.1, domain 4.6. The reason of an exemption stays in the exam table.
    """
    by_plan = params.subjects == ("plan",)
    subjects = batch.plans.exam_subjects if by_plan else list(params.subjects)
    good, doubtful = _states(batch, subjects)
    if by_plan:
        asked = batch.by_plan(batch.plans.once("exams_asked", lambda: _as_bits(batch.plans.exams_asked)))
        known = batch.plan_known
    else:
        asked, known = np.full(batch.n, (1 << len(subjects)) - 1, np.int64), np.ones(batch.n, bool)
    lacking = asked & ~good
    unsure = np.where(batch.covered(Part.EXAMS), lacking & doubtful, lacking)
    missing = lacking & ~unsure
    verdict = decided(lacking == 0, missing != 0)
    verdict = if_none(asked == 0, answer(params.if_none), verdict)
    need = np.bitwise_count(asked).astype(np.int32)
    have = np.bitwise_count(asked & good).astype(np.int32)
    if by_plan:
        missing, unsure = (_within_plan(batch, bits) for bits in (missing, unsure))
    told = missing & (1 << SHOWN) - 1 | unsure << SHOWN
    return Measured.of(where_known(known, verdict), have, need, told)


def _within_plan(batch: Batch, bits: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Bits of subjects as bits of the student's own plan's subjects (see `asked_subjects`)."""
    place = batch.plans.once("exam_places", lambda: batch.plans.exams_asked.cumsum(axis=1) - 1)
    moved = np.zeros(batch.n, np.int64)
    if bits.any():
        for subject in range(place.shape[1]):
            moved |= (bits >> subject & 1) << batch.by_plan(place[:, subject])
    return moved


def asked_subjects(plans: PlanGrid, plan: int, params: ExamsUnified) -> list[str]:
    """科目: the subjects the bits of a detail stand for in one plan, in their order."""
    if params.subjects != ("plan",):
        return list(params.subjects)
    asked = plans.exams_asked[plan]
    return [subject for subject, is_asked in zip(plans.exam_subjects, asked, strict=True) if is_asked]


def _states(batch: Batch, subjects: list[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Passed or exempt, and outcome not known: a bit a subject (n,)."""
    exams = batch.exams
    place = _places(exams.subject, subjects)
    named = place >= 0
    good, doubtful = named & _GOOD.take(exams.outcome + 1), named & (exams.outcome < 0)
    return _gathered(batch.n, exams.student, place, good), _gathered(batch.n, exams.student, place, doubtful)


def _gathered(
    n: int, student: npt.NDArray[np.int32], place: npt.NDArray[np.int32], rows: Bools
) -> npt.NDArray[np.int64]:
    """The places of these rows as bits of their students (n,)."""
    bits = np.zeros(n, np.int64)
    for number in range(int(place.max(initial=-1)) + 1):
        found = np.zeros(n, bool)
        found[student[rows & (place == number)]] = True
        bits |= found.astype(np.int64) << number
    return bits


def _places(column: Coded, words: list[str]) -> npt.NDArray[np.int32]:
    """Each row's position in `words`, -1 where its word is not there."""
    return np.array([*(words.index(word) if word in words else -1 for word in column.words), -1], np.int32)[
        column.codes
    ]


def _as_bits(mask: Bools) -> npt.NDArray[np.int64]:
    """A mask (n, E) as bits (n,)."""
    return mask @ (np.int64(1) << np.arange(mask.shape[1], dtype=np.int64))


def _not_older(value: object) -> object:
    if isinstance(value, dict) and set(value) == {"years"}:
        return value["years"]
    return value


class Certificate(Strict):
    """可接受的证书: one kind of proof, or the score of a unified exam."""

    kind: Words = Field(default=(), description="证书种类，任一即可")
    exam: Words = Field(default=(), description="或统考科目，任一即可（须为考试通过，免考不算）")
    min: ScoreLimit | None = Field(default=None, description="最低分；不写则通过即可")
    within: Annotated[
        Literal["any_time", "before_graduation", "while_enrolled"] | Annotated[int, Field(ge=1, le=50)],
        BeforeValidator(_not_older),
        WithJsonSchema(
            {
                "anyOf": [
                    {"enum": ["any_time", "before_graduation", "while_enrolled"]},
                    {"type": "object", "properties": {"years": {"type": "integer"}}, "required": ["years"]},
                ]
            }
        ),
    ] = Field(default="any_time", description="取得时间：不限、毕业前、在学期间，或 {years: 5} 不早于几年前")

    @model_validator(mode="after")
    def _one_proof(self) -> "Certificate":
        if bool(self.kind) == bool(self.exam):
            raise PydanticCustomError("exactly_one", "exactly one of {keys}", {"keys": "kind、exam"})
        if self.exam and self.within != "any_time":
            raise PydanticCustomError("exam_has_no_date", "unified exams carry no date")
        return self


class CertificateAnyOf(Params):
    """证书任一."""

    certificates: Annotated[tuple[Certificate, ...], NotEmpty] = Field(max_length=SHOWN, description="任一项达到即可")
    by: str | None = Field(default=None, description="以哪个日程的截止日计算时间，如学位申请；不写则为审查时点")
    first_months: tuple[int, int] = Field(default=(3, 9), description="春季、秋季入学各从几月起算在学")


@kind("certificate.any_of", Unit.COUNT, Needs.CERTIFICATES, Needs.EXAMS)
def certificate_any_of(batch: Batch, params: CertificateAnyOf) -> Measured:
    """证书任一: one of several proofs (degree English, CET-4 …) with its minimum, obtained within its time.

    have: proofs that surely hold; need: 1 (n,). detail: bit i, proof i holds; bit SHOWN + i, it may. 待核实: nothing holds
    and certificates (or unified exams) were not imported, or a score, a date or the intake is not known. "Before
    graduation" is by the day asked about, "years" back to the same day so many years earlier (29 February counts as
    28); both days are included. Source: D1, D3, domain 5.
    """
    day = _day_asked(batch, params.by)
    holds, may = zip(*(_proof(batch, params, proof, day) for proof in params.certificates), strict=True)
    surely, perhaps = np.stack(holds, axis=1), np.stack(may, axis=1)
    perhaps &= ~surely
    verdict = decided(surely.any(axis=1), ~(surely | perhaps).any(axis=1))
    told = _as_bits(surely) | _as_bits(perhaps) << SHOWN
    return Measured.of(verdict, surely.sum(axis=1, dtype=np.int32), 1, told)


def _proof(batch: Batch, params: CertificateAnyOf, proof: Certificate, day: date) -> tuple[Bools, Bools]:
    """Does one proof surely hold, and may it? (n,)"""
    if proof.exam:
        exams = batch.exams
        named = exams.subject.among(list(proof.exam))
        student, score = exams.student, exams.score
        passed, doubtful = named & (exams.outcome == Outcome.PASSED), named & (exams.outcome < 0)
        part = Part.EXAMS
    else:
        table = batch.certificates
        student, score = table.student, table.score
        inside, unsure = _in_time(batch, params, proof, day)
        named = table.kind.among(list(proof.kind))
        passed, doubtful = named & inside, (named | (table.kind.codes < 0)) & (inside | unsure)
        part = Part.CERTIFICATES
    maybe = passed | doubtful
    if proof.min is not None:
        need = proof.min.each(batch)[student]
        no_figure = (score == NO_SCORE) | (need < 0)
        maybe &= no_figure | (score >= need)
        passed &= ~no_figure & (score >= need)
    return _any(batch.n, student[passed]), _any(batch.n, student[maybe]) | ~batch.covered(part)


def _any(n: int, students: npt.NDArray[np.int32]) -> Bools:
    found = np.zeros(n, bool)
    found[students] = True
    return found


def _in_time(batch: Batch, params: CertificateAnyOf, proof: Certificate, day: date) -> tuple[Bools, Bools]:
    """By row of the certificates: surely obtained within the time, and not known."""
    obtained = batch.certificates.obtained
    if proof.within == "any_time":
        return np.ones(len(obtained), bool), np.zeros(len(obtained), bool)
    unsure = obtained == NO_DAY
    inside = ~unsure & (obtained <= day_number(day))
    if isinstance(proof.within, int):
        inside &= obtained >= day_number(_years_before(day, proof.within))
    elif proof.within == "while_enrolled":
        entry = batch.students.entry[batch.certificates.student]
        unsure |= inside & (entry == UNKNOWN_TERM)
        inside &= (entry != UNKNOWN_TERM) & (obtained >= _first_days(entry, params.first_months))
    return inside, unsure


def _first_days(entry: npt.NDArray[np.int16], months: tuple[int, int]) -> npt.NDArray[np.int32]:
    """The first day of study of each intake; of an unknown one any day."""
    terms, place = np.unique(entry, return_inverse=True)
    days = [NO_DAY if one < 0 else day_number(date(int(one) // 2, months[int(one) % 2], 1)) for one in terms]
    return np.array(days, np.int32)[place]


def _day_asked(batch: Batch, by: str | None) -> date:
    """The day of the calendar entry's end (24:00 belongs to the day it ends), or of the audit."""
    moment: datetime = batch.frame.at if by is None else batch.frame.calendar[by] - timedelta(minutes=1)
    return moment.astimezone(batch.frame.school.zone).date()


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

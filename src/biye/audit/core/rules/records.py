"""学籍信息: what stands in the record is there, and agrees with itself."""

import numpy as np
from pydantic import Field

from biye.audit.core.batch import Batch, Measured
from biye.audit.core.intervals import decided
from biye.audit.core.vocabulary import Needs, Params, Unit, kind
from biye.foundation.identity import (
    DOCUMENT_WORDS,
    UNKNOWN_SEX,
    Document,
    birth_days,
    sexes,
    valid,
)
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import NO_DAY
from biye.seasons.core.shapes import Words

SHOWN = 31  # bits of a detail for fields that are blank; as many above them for those not known
# detail of record.consistent
BIRTH_DIFFERS, SEX_DIFFERS, NUMBER_WRONG, SOMETHING_BLANK = 1, 2, 4, 8

_NUMBERED = [word for kind_ in (Document.RESIDENT, Document.RESIDENCE_PERMIT) for word in DOCUMENT_WORDS[kind_]]


class RecordComplete(Params):
    """信息完整."""

    fields: Words = Field(min_length=1, max_length=SHOWN, description="须填写的栏目")


@kind("record.complete", Unit.COUNT, Needs.FILLED)
def record_complete(batch: Batch, params: RecordComplete) -> Measured:
    """信息完整: every named field is filled in (with 无 where there is nothing to say).

    have: fields filled; need: fields asked (n,). detail: bit i, the i-th field is blank; bit SHOWN + i, nobody has
    imported it. 待核实: a field nobody has imported. Source: N1, S2 二.1.
    """
    have, told = np.zeros(batch.n, np.int32), np.zeros(batch.n, np.int64)
    unknown = False
    for number, name in enumerate(params.fields):
        filled = batch.students.filled.get(name)
        if filled is None:
            unknown = True
            told |= np.int64(1) << (SHOWN + number)
            continue
        have += filled
        told |= (~filled).astype(np.int64) << number
    blank = told & ((1 << SHOWN) - 1) != 0
    return Measured.of(decided(~blank & ~np.bool_(unknown), blank), have, len(params.fields), told)


class RecordConsistent(Params):
    """信息一致."""


@kind("record.consistent", Unit.CODE, Needs.IDENTITY)
def record_consistent(batch: Batch, params: RecordConsistent) -> Measured:
    """信息一致: birth date and sex agree with the identity number, and its check digit is right.

    have: things that disagree; need: 0 (n,). detail: BIRTH_DIFFERS, SEX_DIFFERS, NUMBER_WRONG, SOMETHING_BLANK.
    不适用: documents whose number says neither, such as a passport. 待核实: number, kind of document, birth date or sex is
    blank and nothing else disagrees. Source: domain 3.1, N6.
    """
    del params
    students = batch.students
    number, kind_ = students.identity, students.identity_type
    born, sex = birth_days(number), sexes(number)
    blank = (number == b"") | (kind_.codes < 0) | (students.birth_day == NO_DAY) | (students.sex == UNKNOWN_SEX)
    birth = (born != NO_DAY) & (students.birth_day != NO_DAY) & (born != students.birth_day)
    other_sex = (sex != UNKNOWN_SEX) & (students.sex != UNKNOWN_SEX) & (sex != students.sex)
    wrong = (number != b"") & ~valid(number)
    numbered = kind_.among(_NUMBERED)
    told = birth * BIRTH_DIFFERS | other_sex * SEX_DIFFERS | wrong * NUMBER_WRONG | blank * SOMETHING_BLANK
    differs = birth | other_sex | wrong
    verdict = decided(~differs & ~blank, differs)
    verdict = np.where(numbered, verdict, np.where(kind_.codes < 0, Verdict.UNKNOWN, Verdict.NOT_REQUIRED))
    have = np.where(numbered, birth.astype(np.int32) + other_sex + wrong, 0)
    return Measured.of(verdict.astype(np.uint8), have, 0, np.where(numbered | (kind_.codes < 0), told, 0))

"""学籍字段: every field as it will be registered, and how it compares with what the identity number says."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from biye.casework.core.remarks import remark
from biye.foundation import identity
from biye.foundation.ethnicities import ethnicity
from biye.foundation.identity import DOCUMENT_WORDS, Document
from biye.foundation.terms import show_term
from biye.foundation.verdicts import Verdict
from biye.seasons.core.school import Comparison

NAME, SEX, BIRTH, ETHNICITY, NUMBER, PHOTO = KEY_FIELDS = ("姓名", "性别", "出生日期", "民族", "证件号码", "毕业照片")
SEXES = {identity.MALE: "男", identity.FEMALE: "女"}
_DOCUMENTS = {word: document for document, words in DOCUMENT_WORDS.items() for word in words}
_DOTS = "•・．.‧∙⋅"


class Sort(StrEnum):
    """字段类别: a key field is corrected with evidence, any other one by an objection."""

    KEY = "key"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Record:
    """学籍: what one status record says, as it will be registered."""

    student_no: str
    name: str
    sex: int = identity.UNKNOWN_SEX
    birth_date: date | None = None
    ethnicity: str = ""
    identity_type: str = ""
    identity_number: str = ""
    exam_no: str = ""
    level: str = ""
    mode: str = ""
    entry: int = -1
    major: str = ""
    class_name: str = ""
    centre: str = ""
    status: str = ""
    at_chsi: bool | None = None
    comparison: str = ""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """字段: its value, what the identity number says of it, and whether the two agree.

    agrees: 符合 (they do), 不符合 (they do not, or the value cannot be right), 待核实 (something is missing), 不适用
    (the number does not speak of it). mark: a digest of the value, by which a page knows that it has changed meanwhile.
    """

    label: str
    value: str
    sort: Sort
    agrees: Verdict = Verdict.NOT_REQUIRED
    says: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """标记 of the value."""
        return sha256(f"{self.label}\n{self.value}".encode()).hexdigest()[:16]

    @property
    def is_secret(self) -> bool:
        """Is the value masked until somebody asks for it?"""
        return self.label == NUMBER


def shown_fields(
    record: Record, key_fields: Collection[str], words: Comparison, *, officer_numbers: bool, centre_label: str
) -> tuple[FieldLine, ...]:
    """逐项: key fields first, in the order in which they are registered, then everything else."""
    read = _read(record)
    lines = (
        FieldLine(NAME, record.name, Sort.KEY, *_judged(_name_remarks(record.name))),
        _sex(record, read),
        _birth(record, read),
        FieldLine(ETHNICITY, record.ethnicity, Sort.KEY, *_judged(_ethnicity_remarks(record.ethnicity))),
        FieldLine("证件类型", record.identity_type, Sort.PLAIN, *_judged(_blank(record.identity_type))),
        _number(record, read, officer_numbers=officer_numbers),
        _photo(record, words),
        *(
            FieldLine(label, value, Sort.PLAIN, *_judged(_blank(value)))
            for label, value in _others(record, centre_label).items()
        ),
    )
    return tuple(
        FieldLine(
            line.label,
            line.value,
            Sort.KEY if line.label in key_fields else Sort.PLAIN,
            line.agrees,
            line.says,
            line.remarks,
        )
        for line in lines
    )


def changed_meanwhile(lines: Collection[FieldLine], seen: Mapping[str, str]) -> tuple[str, ...]:
    """看过之后变动的字段: labels whose value is no longer the one the page had shown, or that it had not shown."""
    return tuple(line.label for line in lines if seen.get(line.label) != line.mark)


def document(lines: Collection[FieldLine]) -> dict[str, str]:
    """What was shown, as one document to be fingerprinted."""
    return {line.label: line.value for line in lines}


def _read(record: Record) -> identity.Identity:
    return identity.read(record.identity_number, _DOCUMENTS.get(record.identity_type))


def _others(record: Record, centre_label: str) -> dict[str, str]:
    return {
        "学号": record.student_no,
        "考生号": record.exam_no,
        "层次": record.level,
        "学习形式": record.mode,
        "专业": record.major,
        "入学批次": show_term(record.entry) if record.entry >= 0 else "",
        centre_label: record.centre,
        "班级": record.class_name,
        "学籍状态": record.status,
    }


def _judged(remarks: tuple[str, ...]) -> tuple[Verdict, str, tuple[str, ...]]:
    """A field of which the number says nothing: only its own trouble speaks."""
    return (Verdict.UNKNOWN if remarks else Verdict.NOT_REQUIRED), "", remarks


def _blank(value: str) -> tuple[str, ...]:
    return () if value else (remark("blank"),)


def _name_remarks(name: str) -> tuple[str, ...]:
    found = list(_blank(name))
    if any(sign in _DOTS for sign in name):
        found.append(remark("name_odd_dot"))
    if any(sign in "?？□�" or sign.isspace() or "\ue000" <= sign <= "\uf8ff" for sign in name):
        found.append(remark("name_odd_sign"))
    return tuple(found)


def _ethnicity_remarks(word: str) -> tuple[str, ...]:
    if not word:
        return (remark("blank"),)
    return () if ethnicity(word) else (remark("ethnicity_unknown"),)


def _sex(record: Record, read: identity.Identity) -> FieldLine:
    says, value = SEXES.get(read.sex, ""), SEXES.get(record.sex, "")
    return _compared(SEX, value, says, "sex_differs")


def _birth(record: Record, read: identity.Identity) -> FieldLine:
    says = read.birth.isoformat() if read.birth else ""
    value = record.birth_date.isoformat() if record.birth_date else ""
    return _compared(BIRTH, value, says, "birth_differs")


def _compared(label: str, value: str, says: str, code: str) -> FieldLine:
    if not value:
        return FieldLine(label, value, Sort.KEY, Verdict.UNKNOWN, says, (remark("blank"),))
    if not says:
        return FieldLine(label, value, Sort.KEY)
    if value == says:
        return FieldLine(label, value, Sort.KEY, Verdict.MET, says)
    return FieldLine(label, value, Sort.KEY, Verdict.NOT_MET, says, (remark(code, says=says),))


def _number(record: Record, read: identity.Identity, *, officer_numbers: bool) -> FieldLine:
    found = number_remarks(read, officer_numbers=officer_numbers)
    wrong = bool(read.problems) or (read.document is Document.OFFICER and not officer_numbers)
    verdict = Verdict.UNKNOWN if read.problems == ("blank",) else Verdict.NOT_MET if wrong else Verdict.MET
    return FieldLine(NUMBER, record.identity_number, Sort.KEY, verdict, "", found)


def number_remarks(read: identity.Identity, *, officer_numbers: bool) -> tuple[str, ...]:
    """What is to be said of an identity number."""
    kind = DOCUMENT_WORDS[read.document][0] if read.document else "证件"
    found = [remark(f"number_{code}", expected=read.expected, document=kind) for code in read.problems]
    if len(read.number) == 15 and read.document is Document.RESIDENT and not read.problems:
        found.append(remark("number_old"))
    if read.document is Document.OFFICER and not officer_numbers:
        found.append(remark("number_officer"))
    return tuple(found)


def _photo(record: Record, words: Comparison) -> FieldLine:
    if record.at_chsi is None:
        return FieldLine(PHOTO, "", Sort.KEY, Verdict.UNKNOWN, "", (remark("photo_unknown"),))
    if not record.at_chsi:
        return FieldLine(PHOTO, "学信网无照片", Sort.KEY, Verdict.NOT_MET, "", (remark("photo_missing"),))
    value = f"学信网有照片 · {record.comparison}" if record.comparison else "学信网有照片"
    if record.comparison in words.passed:
        return FieldLine(PHOTO, value, Sort.KEY, Verdict.MET)
    failed = record.comparison in words.failed
    said = (remark("photo_failed", comparison=record.comparison),) if record.comparison else (remark("photo_unknown"),)
    return FieldLine(PHOTO, value, Sort.KEY, Verdict.NOT_MET if failed else Verdict.UNKNOWN, "", said)

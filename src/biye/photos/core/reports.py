"""照片报告: findings as rows and objects for files, with plain words and plain numbers."""

from typing import Any

from biye.foundation.errors import Reason
from biye.photos.core import sentences
from biye.photos.core.answers import Answer, Finding
from biye.photos.core.bands import THOUSANDTHS
from biye.photos.core.check import Roster
from biye.photos.core.examination import Examination
from biye.photos.core.register import CHECKS
from biye.photos.core.specification import Specification
from biye.photos.core.standard.making import Made

type Row = dict[str, Any]


def examined(examination: Examination, specification: Specification, roster: Roster | None = None) -> Row:
    """One photo: `file`, `student_no` where a list was given, `verdict`, `checks`, and `refused` where it was not opened."""
    row: Row = {"file": examination.name}
    if roster is not None and roster.students is not None:
        row["student_no"] = roster.student(examination.name)
    row |= {"verdict": examination.answer.value, "checks": [_check(one, specification) for one in examination.findings]}
    row["refused"] = None if examination.refused is None else sentences.refusal(examination.refused)
    row["sha256"] = None if examination.facts is None else examination.facts.sha256
    return row


def made(name: str, made_name: str, result: Made, specification: Specification) -> Row:
    """One standardised photo: what was done, in order, and the check of what came out."""
    return {
        "file": name,
        "made": made_name,
        "source_sha256": result.source.sha256,
        "operations": [sentences.operation(operation) for operation in result.operations],
        "refused": None,
        **{
            key: value
            for key, value in examined(result.examination, specification).items()
            if key in ("verdict", "checks")
        },
    }


def not_made(name: str, *reasons: Reason) -> Row:
    """One photo that was not standardised, and why."""
    return {"file": name, "made": None, "operations": [], "refused": "".join(map(sentences.refusal, reasons))}


def _check(finding: Finding, specification: Specification) -> Row:
    return {
        "check": finding.check,
        "label": sentences.label(finding.check, specification),
        "verdict": finding.answer.value,
        "reason": finding.reason,
        "value": _value(finding),
        "limit": _limit(finding),
        "margin": _number(finding.margin),
        "unit": CHECKS[finding.check].unit.suffix.strip() if finding.band is not None else "",
        "clause": sentences.clause(finding, specification),
        "sentence": sentences.sentence(finding, specification),
    }


def _value(finding: Finding) -> float | str | None:
    found = finding.details.get("found")
    return _number(finding.value) if finding.value is not None else None if found is None else str(found)


def _limit(finding: Finding) -> dict[str, float | None] | str | None:
    wanted = finding.details.get("wanted")
    if finding.band is None:
        return None if wanted is None else str(wanted)
    return {"least": _number(finding.band.low), "most": _number(finding.band.high)}


def _number(amount: int | None) -> float | None:
    """Thousandths as the number they stand for."""
    return None if amount is None else amount / THOUSANDTHS


# A verdict is about what can be measured; what only people see stays open beside it, and must not read as approved.
VERDICTS = {Answer.PASS: "可测各项合格", Answer.REVIEW: Answer.REVIEW.chinese, Answer.FAIL: Answer.FAIL.chinese}


def verdict_words(row: Row) -> str:
    """A photo's verdict as people read it: 可测各项合格，另有 9 项须由人看."""
    verdict = Answer(row["verdict"])
    asked = sum(_is_question(check) for check in row["checks"])
    more = f"，另有 {asked} 项须由人看" if asked and verdict is Answer.PASS else ""
    return f"{VERDICTS[verdict]}{more}"


PHOTO_HEADINGS = ("文件", "结论", "不合格", "需人工看", "不能打开的原因")
CHECK_HEADINGS = ("文件", "检查项", "结论", "测得", "限值", "余量", "依据", "说明")


def photo_cells(row: Row) -> list[str | None]:
    """One photo as a row of the first sheet; the questions, the same for every photo, stand in the second."""
    named: dict[Answer, list[str]] = {answer: [] for answer in Answer}
    for check in row["checks"]:
        if not _is_question(check):
            named[Answer(check["verdict"])].append(check["label"])
    looked = named[Answer.REVIEW] + named[Answer.UNASSESSED]
    return [
        row["file"],
        verdict_words(row),
        "、".join(named[Answer.FAIL]),
        "、".join(looked),
        row["refused"],
    ]


def _is_question(check: Row) -> bool:
    return bool(check["reason"] == "by_person")


def check_cells(row: Row) -> list[list[str | float | None]]:
    """The same photo as rows of the second, one a check."""
    return [
        [
            row["file"],
            check["label"],
            Answer(check["verdict"]).chinese,
            check["value"],
            _range(check["limit"]),
            check["margin"],
            check["clause"],
            check["sentence"],
        ]
        for check in row["checks"]
    ]


def _range(limit: dict[str, float | None] | str | None) -> str | None:
    if not isinstance(limit, dict):
        return limit
    low, high = (None if limit[end] is None else f"{limit[end]:g}" for end in ("least", "most"))
    return f"{low or ''}–{high or ''}"

"""照片意见: findings and refusals as sentences; the texts stand in the catalogue."""

from collections.abc import Mapping
from typing import cast

from biye.foundation.errors import Reason
from biye.photos.core import catalogue
from biye.photos.core.answers import Answer, Finding
from biye.photos.core.bands import Band, shown
from biye.photos.core.check import Unit
from biye.photos.core.register import CHECKS
from biye.photos.core.specification import Specification
from biye.photos.core.standard.making import Operation


def label(check: str, specification: Specification) -> str:
    """A check's name, or the question's own words."""
    question = specification.questions.get(check)
    return catalogue.LABELS[check] if question is None else question.ask


def clause(finding: Finding, specification: Specification) -> str:
    """通知四.6: where the requirement comes from."""
    question = specification.questions.get(finding.check)
    source = specification.limits[finding.check].source if question is None else question.source
    return specification.document(source)


def sentence(finding: Finding, specification: Specification) -> str:
    """What was found, what is asked, where that is written, and what to do."""
    limit = specification.limits.get(finding.check)
    is_soft = limit is not None and limit.is_soft
    return f"{_said(finding, is_soft=is_soft)}（{clause(finding, specification)}）。{_remedy(finding)}"


def refusal(reason: Reason) -> str:
    """Why a file was not opened, and what to do."""
    what, remedy = catalogue.REFUSALS[reason.code]
    checks = [catalogue.LABELS[check] for check in cast("tuple[str, ...]", reason.details.get("checks", ()))]
    details = reason.details | {"checks": "、".join(checks)}
    return f"{what.format(**details)}。{remedy.format(**details)}。"


def limit_text(finding: Finding) -> str:
    """不小于 200 像素, 200–300 像素 …; empty where there is no number to compare with."""
    if finding.band is None:
        return ""
    return _limits(finding.band, CHECKS[finding.check].unit)


def value_text(finding: Finding) -> str:
    """The measured value with its unit; empty where nothing was measured."""
    if finding.value is None:
        return ""
    unit = CHECKS[finding.check].unit
    return f"{shown(finding.value, unit.places)}{unit.suffix}"


def operation(done: Operation) -> str:
    """One thing that was done to a picture."""
    return operation_text(done.code, done.details)


def operation_text(code: str, details: Mapping[str, object]) -> str:
    """The same from its parts, as they are kept."""
    return catalogue.OPERATIONS[code].format(**details) + "。"


def _said(finding: Finding, *, is_soft: bool) -> str:
    if finding.answer is Answer.UNASSESSED and finding.reason in catalogue.UNASSESSED:
        return catalogue.UNASSESSED[finding.reason].format(**finding.details)
    words = catalogue.REASONS.get((finding.check, finding.reason))
    if words is not None:
        texts = {"value": value_text(finding), "limit": limit_text(finding)}
        return words[0].format(**texts | dict(finding.details))
    subject = catalogue.SUBJECTS[finding.check].format(**finding.details)
    have = f"{subject} {value_text(finding)}"
    if finding.answer is Answer.PASS:
        return f"{have}，符合要求（{limit_text(finding).removeprefix('为 ')}）"
    if finding.answer is Answer.FAIL:
        return f"{have}，要求{limit_text(finding)}"
    if is_soft:
        return f"{have}，一般应{limit_text(finding)}，请人看"
    return f"{have}，要求{limit_text(finding)}，接近限值，不能断定，请人看"


def _remedy(finding: Finding) -> str:
    if finding.answer is Answer.PASS:
        return ""
    words = catalogue.REASONS.get((finding.check, finding.reason))
    if words is not None:
        remedy = words[1].format(**finding.details)
    else:
        below, above = catalogue.REMEDIES.get(finding.check, ("", ""))
        remedy = {"low": below, "high": above}.get(finding.reason, "")
    return f"{remedy}。" if remedy else ""


def _limits(band: Band, unit: Unit) -> str:
    low, high = (None if limit is None else shown(limit, unit.places) for limit in (band.low, band.high))
    if low is not None and high is not None:
        return f"为 {low}–{high}{unit.suffix}"
    if low is not None:
        return f"不小于 {low}{unit.suffix}"
    return f"不大于 {high}{unit.suffix}"

"""照片意见存放: findings as plain values and back; numbers and codes only, so that sentences may be worded better later."""

from typing import Any

from biye.photos.core.answers import Answer, Finding, Line
from biye.photos.core.bands import Band
from biye.photos.core.examination import Examination
from biye.photos.core.register import CHECKS
from biye.photos.core.specification import Specification

_LIMITS = ("least", "most", "doubt", "fail_below", "pass_from", "pass_to", "fail_above")


def packed(examination: Examination) -> list[dict[str, Any]]:
    """Every finding as a small mapping; what is empty is left out."""
    return [_packed(finding) for finding in examination.findings]


def unpacked(rows: list[dict[str, Any]], specification: Specification) -> list[Finding]:
    """Findings again; of checks and questions that the specification still knows."""
    known = {**specification.limits, **specification.questions}
    return [_unpacked(row) for row in rows if row["check"] in known and (row["check"] in CHECKS or "band" not in row)]


def _packed(finding: Finding) -> dict[str, Any]:
    row: dict[str, Any] = {"check": finding.check, "answer": finding.answer.value, "reason": finding.reason}
    if finding.value is not None:
        row["value"] = finding.value
    if finding.band is not None:
        limits = {name: getattr(finding.band, name) for name in _LIMITS}
        row["band"] = {name: limit for name, limit in limits.items() if limit != _absent(name)}
    if finding.details:
        row["details"] = dict(finding.details)
    if finding.lines:
        row["lines"] = [[line.kind, *(round(float(place), 4) for place in line.at)] for line in finding.lines]
    return row


def _unpacked(row: dict[str, Any]) -> Finding:
    band = row.get("band")
    return Finding(
        row["check"],
        Answer(row["answer"]),
        row["reason"],
        row.get("value"),
        None if band is None else Band.model_construct(**{name: band.get(name, _absent(name)) for name in _LIMITS}),
        row.get("details", {}),
        tuple(Line(kind, tuple(at)) for kind, *at in row.get("lines", ())),
    )


def _absent(name: str) -> int | None:
    return 0 if name == "doubt" else None

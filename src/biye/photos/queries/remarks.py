"""检查意见的文字: findings as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from biye.photos.core import sentences, storing
from biye.photos.core.answers import Answer, Finding
from biye.photos.core.specification import Specification
from biye.photos.models.photo import Photo
from biye.photos.queries.specifications import specification_of


@dataclass(frozen=True, slots=True)
class Remark:
    """检查意见 as a page shows it."""

    check: str
    label: str
    answer: Answer
    sentence: str
    clause: str
    finding: Finding

    @property
    def is_question(self) -> bool:
        """Is it one that only a person can answer?"""
        return self.finding.reason == "by_person"


def remarks_on(findings: Iterable[Finding], specification: Specification) -> tuple[Remark, ...]:
    """Findings in words."""
    return tuple(
        Remark(
            finding.check,
            sentences.label(finding.check, specification),
            finding.answer,
            sentences.sentence(finding, specification),
            sentences.clause(finding, specification),
            finding,
        )
        for finding in findings
    )


def remarks_of(photo: Photo) -> tuple[Remark, ...]:
    """What was found on a photo that is kept, in words."""
    specification = specification_of(photo.specification)
    return remarks_on(storing.unpacked(photo.findings, specification), specification)

"""审看的问题: what a person is asked about one photo: the fixed questions, and whatever the checks could not settle."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from biye.photos.core import catalogue, sentences
from biye.photos.core.answers import Answer, Finding
from biye.photos.core.specification import Specification

SAME_PERSON = "same_person"
_GRAVEST_FIRST = (Answer.FAIL, Answer.REVIEW, Answer.UNASSESSED)


@dataclass(frozen=True, slots=True)
class Asked:
    """一问: what should be so, the part of the picture to look at, and what the machine made of it."""

    name: str
    ask: str
    strip: str
    answer: Answer
    sentence: str = ""
    clause: str = ""

    @property
    def is_failed(self) -> bool:
        """Did the machine plainly say no?"""
        return self.answer is Answer.FAIL


def asked(specification: Specification, findings: Iterable[Finding], *, is_compared: bool) -> tuple[Asked, ...]:
    """The questions in the order in which they are asked; the fixed ones first, so that their keys stay where they are."""
    return (
        *_fixed(specification),
        *([Asked(SAME_PERSON, catalogue.SAME_PERSON, "whole", Answer.UNASSESSED)] if is_compared else ()),
        *_open(specification, findings),
    )


def label_of(name: str, specification: Specification) -> str:
    """What a question is called; a name that the specification no longer knows stays as it is."""
    if name == SAME_PERSON:
        return catalogue.SAME_PERSON
    is_known = name in specification.questions or name in catalogue.LABELS
    return sentences.label(name, specification) if is_known else name


def _fixed(specification: Specification) -> Iterator[Asked]:
    for name, question in specification.questions.items():
        clause = specification.document(question.source)
        yield Asked(name, question.ask, question.strip, Answer.UNASSESSED, clause=clause)


def _open(specification: Specification, findings: Iterable[Finding]) -> list[Asked]:
    """What was measured and did not pass."""
    found = [
        Asked(
            finding.check,
            sentences.label(finding.check, specification),
            "whole",
            finding.answer,
            sentences.sentence(finding, specification),
            sentences.clause(finding, specification),
        )
        for finding in findings
        if finding.check in specification.limits and finding.answer is not Answer.PASS
    ]
    return sorted(found, key=lambda one: _GRAVEST_FIRST.index(one.answer))

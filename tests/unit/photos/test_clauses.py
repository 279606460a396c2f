"""通知四的每一句: word by word, who looks after it, and what becomes of a picture that breaks it."""

from typing import Any

import pytest
import yaml

from biye.photos.core import reports, sentences
from biye.photos.core.answers import Answer
from biye.photos.core.examination import examine
from biye.photos.core.networks import Networks
from biye.photos.core.specification import Specification
from tests.architecture.tree import ROOT
from tests.photo_files import NAME, VIOLATIONS
from tests.photo_questions import FOR_PEOPLE, ForPeople

CLAUSES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/cases/photos/clauses.yaml").read_text())
PARTS = [(one["clause"], part) for one in CLAUSES for part in one["parts"]]
PICTURES = [(part, what, answer) for _, part in PARTS for what, answer in part.get("pictures", {}).items()]
MADE = {violation.what: violation for violation in VIOLATIONS}


def test_all_nine_clauses_stand_in_order() -> None:
    assert [one["clause"] for one in CLAUSES] == ["四", *(f"四.{number}" for number in range(1, 9))]


@pytest.mark.parametrize(("clause", "part"), PARTS, ids=[part["says"] for _, part in PARTS])
def test_every_sentence_is_looked_after_or_asks_for_nothing(
    clause: str, part: dict[str, Any], notice: Specification
) -> None:
    if part.get("nothing"):
        assert set(part) == {"says", "nothing"}
        return
    checks, questions = part.get("checks", []), part.get("questions", [])
    sources = {notice.limits[name].source.clause for name in checks}
    sources |= {notice.questions[name].source.clause for name in questions}
    assert clause in sources
    assert all(part.get("pictures") for _ in checks)


def test_every_check_and_question_of_the_specification_belongs_to_a_sentence(notice: Specification) -> None:
    checks = {name for _, part in PARTS for name in part.get("checks", [])}
    questions = {name for _, part in PARTS for name in part.get("questions", [])}
    assert checks == set(notice.limits)
    assert questions == set(notice.questions)


def test_every_violation_belongs_to_a_sentence() -> None:
    assert {what for _, what, _ in PICTURES} | {"没有人"} == set(MADE)


@pytest.mark.parametrize(("part", "what", "answer"), PICTURES, ids=[what for _, what, _ in PICTURES])
def test_a_picture_that_breaks_a_sentence_is_answered_as_the_case_says(
    part: dict[str, Any], what: str, answer: str, notice: Specification, networks: Networks
) -> None:
    violation = MADE[what]
    assert violation.check in part["checks"]
    found = examine(violation.make(0), violation.name, notice, networks).finding(violation.check)
    assert found.answer == Answer(answer)
    assert sentences.clause(found, notice) in sentences.sentence(found, notice)


@pytest.mark.parametrize("picture", FOR_PEOPLE, ids=lambda picture: picture.what)
def test_what_only_people_see_is_put_to_them_and_never_claimed(
    picture: ForPeople, notice: Specification, networks: Networks
) -> None:
    found = examine(picture.make(0), NAME, notice, networks)
    question = found.finding(picture.question)
    assert (question.answer, question.reason) == (Answer.UNASSESSED, "by_person")
    row = reports.examined(found, notice)
    assert reports.verdict_words(row) != "可测各项合格"
    asked = next(check for check in row["checks"] if check["check"] == picture.question)
    assert notice.questions[picture.question].ask in asked["sentence"]


def test_every_question_has_a_picture(notice: Specification) -> None:
    assert {picture.question for picture in FOR_PEOPLE} == set(notice.questions)

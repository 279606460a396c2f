"""限值与疑区: which answer a value gets, in threes at every boundary; and which limits are refused."""

from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from biye.photos.core.answers import Answer, worst
from biye.photos.core.bands import Band, shown
from biye.photos.core.check import judged
from biye.photos.core.examination import softened
from biye.photos.core.specification import Specification
from tests.architecture.tree import ROOT

CASES = yaml.safe_load((ROOT / "tests/cases/photos/thresholds.yaml").read_text())


@pytest.mark.parametrize(
    ("check", "value", "answer"),
    [(check, str(case["value"]), case["answer"]) for check, cases in CASES.items() for case in cases],
)
def test_the_notice_s_limits_answer_at_their_boundaries(
    notice: Specification, check: str, value: str, answer: str
) -> None:
    limit: Any = notice.limits[check]
    exact = Band.model_validate({"least": value}).least
    assert exact is not None
    assert softened(judged(check, exact, limit.band), limit).answer == Answer(answer)


def test_a_margin_is_the_distance_to_the_nearer_limit() -> None:
    band = Band.model_validate({"least": "200", "most": "300", "doubt": "7"})
    assert [band.margin(value) for value in (190_000, 200_000, 240_000, 299_000, 310_000)] == [
        -10_000,
        0,
        40_000,
        1_000,
        -10_000,
    ]


@pytest.mark.parametrize(
    ("value", "reason"), [(190_000, "low"), (250_001, "within"), (310_000, "high"), (201_000, "low")]
)
def test_the_nearer_limit_names_the_reason(value: int, reason: str) -> None:
    band = Band.model_validate({"least": "200", "most": "300", "doubt": "7"})
    assert judged("eye_line", value, band).reason == reason


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"doubt": "3"},
        {"least": "1", "pass_from": "2"},
        {"pass_from": "1", "fail_below": "2"},
        {"pass_to": "2", "fail_above": "1"},
        {"pass_from": "3", "pass_to": "2"},
        {"pass_to": "2", "doubt": "1"},
        {"least": "200", "most": "210", "doubt": "7"},
        {"most": "3", "doubt": "-1"},
        {"most": "0.0001"},
        {"most": "much"},
        {"most": 1.5},
        {"most": True},
        {"most": "3", "unknown": "1"},
    ],
)
def test_limits_that_say_nothing_or_contradict_themselves_are_refused(limits: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Band.model_validate(limits)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], Answer.REVIEW),
        ([Answer.PASS], Answer.PASS),
        ([Answer.PASS, Answer.REVIEW], Answer.REVIEW),
        ([Answer.PASS, Answer.UNASSESSED], Answer.REVIEW),
        ([Answer.REVIEW, Answer.FAIL, Answer.UNASSESSED], Answer.FAIL),
    ],
)
def test_the_gravest_answer_stands_and_what_was_not_assessed_is_looked_at(
    answers: list[Answer], expected: Answer
) -> None:
    assert worst(answers) == expected


@pytest.mark.parametrize(("amount", "places", "text"), [(245_300, 0, "245"), (245_500, 0, "246"), (97, 2, "0.10")])
def test_amounts_are_shown_with_the_places_people_need(amount: int, places: int, text: str) -> None:
    assert shown(amount, places) == text

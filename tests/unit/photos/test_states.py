"""照片状态: each state by its facts; CHSI's answer always wins."""

import pytest

from biye.photos.core.states import Known, Review, State, state_of
from biye.seasons.core.school import Comparison

WORDS = Comparison(
    passed=("比对通过", "同一人"), failed=("学信照片不通过", "身份核验未通过"), review=("身份核验不确定",)
)


@pytest.mark.parametrize(
    ("at_chsi", "comparison", "is_capturing", "review", "state"),
    [
        (None, "", False, None, State.UNKNOWN),
        (False, "", False, None, State.NOT_CAPTURED),
        (False, "", True, None, State.CAPTURING),
        (None, "", True, None, State.CAPTURING),
        (True, "", True, None, State.AT_CHSI),
        (True, "", False, None, State.AT_CHSI),
        (True, "比对通过", False, None, State.CONSISTENT),
        (True, "同一人", False, None, State.CONSISTENT),
        (None, "比对通过", True, Review.OPEN, State.CONSISTENT),
        (True, "比对通过", False, Review.REFUSED, State.CONSISTENT),
        (True, "学信照片不通过", False, None, State.INCONSISTENT),
        (True, "身份核验未通过", False, Review.REFUSED, State.INCONSISTENT),
        (True, "学信照片不通过", False, Review.OPEN, State.IN_REVIEW),
        (True, "学信照片不通过", False, Review.PASSED, State.REVIEWED),
        (True, "身份核验不确定", False, None, State.IN_REVIEW),
        (True, "身份核验不确定", False, Review.PASSED, State.REVIEWED),
        (True, "从未见过的说法", False, None, State.IN_REVIEW),
    ],
)
def test_facts_speak_for_one_state(
    at_chsi: bool | None, comparison: str, is_capturing: bool, review: Review | None, state: State
) -> None:
    assert state_of(Known(at_chsi, comparison, is_capturing, review), WORDS) == state


@pytest.mark.parametrize(
    ("comparison", "review", "state"),
    [
        ("学信照片不通过", Review.PASSED, State.INCONSISTENT),
        ("身份核验不确定", Review.PASSED, State.IN_REVIEW),
        ("比对通过", Review.PASSED, State.CONSISTENT),
        ("学信照片不通过", Review.OPEN, State.IN_REVIEW),
    ],
)
def test_what_chsi_found_later_overtakes_a_review_that_passed(comparison: str, review: Review, state: State) -> None:
    assert state_of(Known(True, comparison, False, review, is_overtaken=True), WORDS) == state


def test_only_a_passed_comparison_or_review_settles_it() -> None:
    assert {state for state in State if state.is_settled} == {State.CONSISTENT, State.REVIEWED}


def test_the_seven_states_have_their_words() -> None:
    assert [state.chinese for state in State if state is not State.UNKNOWN] == [
        *("未采集", "采集中", "已上网", "比对通过", "比对不通过", "人工复核中", "复核通过")
    ]

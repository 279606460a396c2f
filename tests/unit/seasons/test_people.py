"""适用对象: who belongs, and when nobody can say yet."""

import numpy as np
import pytest

from biye.foundation.verdicts import Truth
from biye.records.core.tables import take_rows
from biye.seasons.core.people import People, terms_studied
from tests.unit.seasons.people_of import answers, frame, students

YES, NO, MAYBE = Truth.TRUE.value, Truth.FALSE.value, Truth.UNKNOWN.value


def entries(*terms: str | None) -> list[tuple[str | None, str | None, int]]:
    return [("专升本", term, 0) for term in terms]


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        ("2020春", [NO, YES, NO, MAYBE]),
        (["2019秋", "2020秋"], [YES, NO, YES, MAYBE]),
        ({"before": "2020春"}, [YES, NO, NO, MAYBE]),
        ({"until": "2020春"}, [YES, YES, NO, MAYBE]),
        ({"after": "2020春"}, [NO, NO, YES, MAYBE]),
        ({"from": "2020春"}, [NO, YES, YES, MAYBE]),
        ({"from": "2020春", "until": "2020春"}, [NO, YES, NO, MAYBE]),
        ({"terms": "2020秋", "from": "2020春"}, [NO, NO, YES, MAYBE]),
    ],
)
def test_intakes_just_below_on_and_above_a_term(entry: object, wanted: list[int]) -> None:
    assert answers({"entry": entry}, students(entries("2019秋", "2020春", "2020秋", None))) == wanted


def test_words_that_are_unknown_are_not_taken_for_other_words() -> None:
    whom = students([("专升本", "2020春", 0), ("专科", "2020春", 0), (None, "2020春", 0)])
    assert answers({"level": "专升本"}, whom) == [YES, NO, MAYBE]
    assert answers({"level": ["专升本", "专科"]}, whom) == [YES, YES, MAYBE]
    assert answers({"not": {"level": "专升本"}}, whom) == [NO, YES, MAYBE]


def test_plans_are_told_apart_by_their_codes_whatever_rows_are_taken() -> None:
    whom = students(entries("2020春", "2020春", "2020春"), plan=["会计2020", "会计2021", None])
    assert answers({"plan": "会计2020"}, whom) == [YES, NO, MAYBE]
    assert answers({"plan": ["会计2020", "会计2021"]}, whom) == [YES, YES, MAYBE]
    assert answers({"not": {"plan": "会计2020"}}, take_rows(whom, np.array([1, 0]))) == [YES, NO]
    assert answers({"plan": "会计"}, whom) == [NO, NO, MAYBE]
    assert answers({"plan": "会计2020"}, students(entries("2020春"))) == [MAYBE]


def test_every_key_must_hold_and_a_no_outweighs_an_unknown() -> None:
    whom = students([("专升本", None, 0), ("专科", None, 0)])
    assert answers({"level": "专升本", "entry": "2020春"}, whom) == [MAYBE, NO]


def test_any_of_them_and_a_yes_outweighs_an_unknown() -> None:
    whom = students([("专升本", None, 0), ("专科", None, 0)])
    assert answers({"any": [{"level": "专升本"}, {"entry": "2020春"}]}, whom) == [YES, MAYBE]


def test_all_status_mode_centre_and_the_mark_of_old_students() -> None:
    whom = students(entries("2020春", "2020春"), outside=[True, False], status=["在籍", None])
    assert answers({"all": [{"mode": "网络教育"}, {"centre": "河东学习中心"}]}, whom) == [YES, YES]
    assert answers({"status": "在籍"}, whom) == [YES, MAYBE]
    assert answers({"outside_system": "true"}, whom) == [YES, NO]
    assert answers({"outside_system": "false"}, whom) == [NO, YES]
    assert answers({"major": "会计学"}, whom) == [MAYBE, MAYBE]
    assert answers({"mode": "函授"}, whom) == [NO, NO]
    assert answers({}, whom) == [YES, YES]


def test_study_limit_where_suspension_counts() -> None:
    # 专升本 at this school: nine terms, so 2018春 is in its last term in 2022秋
    whom = students(
        [("专升本", "2018秋", 0), ("专升本", "2018春", 0), ("专升本", "2017秋", 0), ("专升本", "2017秋", 2)]
    )
    assert answers({"within_study_limit": True}, whom) == [YES, YES, NO, NO]
    assert answers({"within_study_limit": False}, whom) == [NO, NO, YES, YES]


def test_study_limit_where_suspension_is_taken_off() -> None:
    at = frame("northeast-correspondence")
    whom = students(
        [
            ("专升本", "2018春", 0),
            ("专升本", "2017秋", 0),
            ("专升本", "2017秋", 1),
            ("专升本", "2017秋", -1),  # how long is unknown
            ("专升本", "2018春", -1),
        ]
    )
    assert answers({"within_study_limit": True}, whom, at) == [YES, NO, YES, MAYBE, YES]


def test_study_limit_of_an_unknown_level_or_intake_is_not_known() -> None:
    whom = students([(None, "2010春", 0), ("专升本", None, 0), ("博士", "2020春", 0)])
    assert answers({"within_study_limit": True}, whom) == [MAYBE, MAYBE, MAYBE]


def test_terms_studied_are_a_range_where_something_is_unknown() -> None:
    largest = np.iinfo(np.int32).max
    whom = students([("专升本", "2020春", 2), ("专升本", "2020春", -1), ("专升本", None, 0), (None, "2020春", 2)])
    least, most = terms_studied(whom, frame("northeast-correspondence"))
    assert (least.tolist(), most.tolist()) == ([3, 0, 0, 3], [3, 5, largest, 5])


def test_a_selector_knows_every_selector_within_it() -> None:
    people = People.model_validate(
        {"all": [{"level": "专科"}], "any": [{"mode": "函授"}, {"not": {"centre": "河东"}}], "not": {"major": "会计学"}}
    )
    assert [(part.level, part.mode, part.centre, part.major) for part in people.parts()] == [
        ((), (), (), ()),
        (("专科",), (), (), ()),
        ((), ("函授",), (), ()),
        ((), (), (), ()),
        ((), (), ("河东",), ()),
        ((), (), (), ("会计学",)),
    ]


def test_permuting_and_splitting_people_changes_nobody() -> None:
    rows = [
        (level, entry, away)
        for level in ("专升本", "专科", None)
        for entry in ("2018春", "2017秋", None)
        for away in (0, 2, -1)
    ]
    people = {"any": [{"level": "专升本", "entry": "2018春"}, {"within_study_limit": True, "not": {"level": "专科"}}]}
    whole = students(rows)
    order = np.random.default_rng(7).permutation(len(rows))
    at = frame("northeast-correspondence")
    wanted = answers(people, whole, at)
    assert answers(people, take_rows(whole, order), at) == [wanted[place] for place in order]
    assert [answers(people, students([row]), at)[0] for row in rows] == wanted

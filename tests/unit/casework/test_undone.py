"""未办: by state of each case; what may be done already is never taken for undone, what waits for others is nobody's to do."""

import pytest

from biye.casework.core.undone import Facts, matters, undone
from biye.casework.core.words import Kind, State
from biye.seasons.core.folder import SHIPPED, load_school, read_season

SEASON, _ = read_season(SHIPPED / "tju-online", "2022-autumn", load_school(SHIPPED / "tju-online"))
assert SEASON is not None
KNOWN = matters(SEASON)
PASSED = "学分及统考审核通过"
DONE = {(Kind.RECORD_CHECK, State.CONFIRMED), (Kind.SIGN_OFF, State.SIGNED), (Kind.APPRAISAL, State.SUBMITTED)}


def stand(
    *steps: tuple[Kind, State], conclusion: str = PASSED, photo: bool = False, published: bool = True
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    facts = Facts(frozenset((kind.value, state.value) for kind, state in steps), published, conclusion, photo)
    assert SEASON is not None
    found = undone(1, SEASON, KNOWN, facts)
    return found.undone, found.fixable


def test_the_matters_of_the_first_founding_season() -> None:
    assert {name: one.closes and one.closes.isoformat() for name, one in KNOWN.items()} == {
        "record_check": "2022-06-16T00:00:00+08:00",
        "photo": "2022-06-15T12:00:00+08:00",
        "sign_off": "2022-06-16T00:00:00+08:00",
        "appraisal": None,
        "completion": "2022-06-16T00:00:00+08:00",
        "completion_paper": "2022-06-16T00:00:00+08:00",
        "deferral": "2022-06-16T00:00:00+08:00",
        "deferral_paper": "2022-06-16T00:00:00+08:00",
        "correction": "2022-06-16T00:00:00+08:00",
        "correction_paper": "2022-06-16T00:00:00+08:00",
    }


def test_every_matter_with_a_time_says_what_missing_it_means() -> None:
    assert [name for name, one in KNOWN.items() if one.closes and not one.consequence] == []


def test_who_has_begun_nothing_checks_the_record_before_signing() -> None:
    assert stand() == (("record_check", "sign_off", "appraisal"), ("record_check", "appraisal"))


def test_who_has_done_all_has_nothing_left() -> None:
    assert stand(*DONE) == ((), ())


@pytest.mark.parametrize(
    ("state", "left"),
    [
        (State.OPEN, True),
        (State.LAPSED, True),
        (State.CONFIRMED, False),
        (State.DISPUTED, False),
        (State.DEEMED, False),
    ],
)
def test_whoever_spoke_about_the_record_is_not_reminded_of_it(state: State, left: bool) -> None:
    assert ("record_check" in stand((Kind.RECORD_CHECK, state))[0]) is left


@pytest.mark.parametrize(
    ("state", "left"),
    [
        (State.OPEN, True),
        (State.LAPSED, True),
        (State.UPLOADED, False),
        (State.SIGNED, False),
        (State.SIGNED_ON_SITE, False),
        (State.DEEMED, False),
    ],
)
def test_whoever_signed_is_not_reminded_to_sign(state: State, left: bool) -> None:
    assert ("sign_off" in stand((Kind.SIGN_OFF, state))[0]) is left


def test_signing_waits_for_what_the_student_said_is_wrong() -> None:
    assert stand((Kind.RECORD_CHECK, State.DISPUTED)) == (("sign_off", "appraisal"), ("appraisal",))


def test_nobody_can_sign_what_is_not_published() -> None:
    found = stand((Kind.RECORD_CHECK, State.CONFIRMED), published=False, conclusion="")
    assert found == (("sign_off",), ())


def test_signing_waits_for_the_answer_to_an_application() -> None:
    waiting = stand((Kind.RECORD_CHECK, State.CONFIRMED), (Kind.DEFERRAL, State.AT_COLLEGE), conclusion="x")
    assert waiting == (("sign_off",), ())
    assert stand((Kind.RECORD_CHECK, State.CONFIRMED), (Kind.DEFERRAL, State.REJECTED), conclusion="x")[1] == (
        "sign_off",
    )


def test_a_form_for_one_conclusion_is_nobodys_matter_who_was_given_another() -> None:
    assert "appraisal" not in stand(conclusion="暂不符合毕业条件")[0]


@pytest.mark.parametrize(
    ("state", "names"),
    [
        (State.OPEN, ()),
        (State.SUBMITTED, ("completion_paper",)),
        (State.PAPER_RECEIVED, ()),
        (State.RETURNED, ("completion",)),
        (State.APPROVED, ()),
        (State.VOID, ()),
        (State.WITHDRAWN, ()),
    ],
)
def test_an_application_is_a_matter_only_while_it_lies_with_the_student(state: State, names: tuple[str, ...]) -> None:
    assert stand(*DONE, (Kind.COMPLETION, state))[1] == names


def test_one_of_several_corrections_is_enough() -> None:
    found = stand(*DONE, (Kind.CORRECTION, State.APPROVED), (Kind.CORRECTION, State.SUBMITTED))
    assert found == (("correction_paper",), ("correction_paper",))


def test_the_photo_is_a_matter_where_it_lies_with_the_student() -> None:
    assert (stand(*DONE, photo=True)[1], stand(*DONE)[1]) == (("photo",), ())

"""提醒: the greatest risk first; quiet hours, steps and intervals to the minute; nobody twice, nobody of what is done."""

from datetime import datetime, time, timedelta

import pytest

from biye.casework.core.reminding import Due, Manners, Matter, Past, Undone, due, is_quiet, quiet_hours, risk, step_of
from biye.foundation.moments import CHINA, minute_of, moment

MANNERS = Manners(time(22), time(8), timedelta(hours=20))
NOW = moment("2022-06-14 09:00")
NOTHING = Past({}, {})
MINUTE = timedelta(minutes=1)


def matter(name: str, closes: str | None, opens: str | None = None) -> Matter:
    return Matter(name, name, moment(opens) if opens else None, moment(closes) if closes else None)


SIGN = matter("sign_off", "2022-06-15 24:00")
PHOTO = matter("photo", "2022-06-15 12:00")
NOTICE = matter("notice", "2022-06-30 24:00", "2022-06-27 00:00")
TEXT = matter("appraisal", None)
KNOWN = {one.id: one for one in (SIGN, PHOTO, NOTICE, TEXT)}


def someone(student: int, *names: str, stuck: tuple[str, ...] = ()) -> Undone:
    return Undone(student, (*names, *stuck), names)


def told(people: list[Undone], past: Past = NOTHING, at: datetime = NOW) -> list[tuple[int, tuple[str, ...]]]:
    found = due(people, KNOWN, past, MANNERS, at, at.astimezone(CHINA))
    return [(one.student_id, tuple(matter.id for matter in one.matters)) for one in found]


def test_who_has_less_time_and_more_left_to_do_comes_first() -> None:
    people = [someone(1, "sign_off"), someone(2, "photo"), someone(3, "sign_off", "photo"), someone(4, "photo")]
    assert told(people) == [(3, ("photo", "sign_off")), (2, ("photo",)), (4, ("photo",)), (1, ("sign_off",))]


def test_what_is_stuck_adds_to_the_risk_but_is_not_mentioned() -> None:
    people = [someone(1, "photo"), someone(2, "photo", stuck=("sign_off",))]
    assert told(people) == [(2, ("photo",)), (1, ("photo",))]


def test_nobody_is_reminded_of_what_is_done_or_cannot_be_done_now() -> None:
    assert told([someone(1), someone(2, stuck=("sign_off",))]) == []


def test_what_closes_never_or_has_not_begun_is_nobodys_reminder() -> None:
    assert told([someone(1, "appraisal", "notice")]) == []


@pytest.mark.parametrize(
    ("at", "names"),
    [
        ("2022-06-15 11:59", ("photo", "sign_off")),
        ("2022-06-15 12:00", ("sign_off",)),
        ("2022-06-15 12:01", ("sign_off",)),
    ],
)
def test_the_closing_moment_is_too_late_to_remind(at: str, names: tuple[str, ...]) -> None:
    assert told([someone(1, "photo", "sign_off")], at=moment(at)) == [(1, names)]


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        ("2022-06-14 21:59", False),
        ("2022-06-14 22:00", True),
        ("2022-06-14 22:01", True),
        ("2022-06-14 00:00", True),
        ("2022-06-14 07:59", True),
        ("2022-06-14 08:00", False),
        ("2022-06-14 08:01", False),
    ],
)
def test_quiet_hours_begin_quiet_and_end_loud(at: str, quiet: bool) -> None:
    assert is_quiet(MANNERS, moment(at)) is quiet
    assert (told([someone(1, "sign_off")], at=moment(at)) == []) is quiet


@pytest.mark.parametrize(("clock", "quiet"), [("12:29", False), ("12:30", True), ("13:59", True), ("14:00", False)])
def test_quiet_hours_within_a_day(clock: str, quiet: bool) -> None:
    manners = Manners(*quiet_hours("12:30-14:00"), timedelta(hours=1))
    assert is_quiet(manners, moment(f"2022-06-14 {clock}")) is quiet


@pytest.mark.parametrize("text", ["", "09:00-09:00"])
def test_no_quiet_hours(text: str) -> None:
    manners = Manners(*quiet_hours(text), timedelta(hours=1))
    assert [is_quiet(manners, moment(f"2022-06-14 {clock}")) for clock in ("00:00", "09:00", "23:59")] == [False] * 3


@pytest.mark.parametrize("text", ["22-8", "24:00-08:00", "22:00-08:60", "22:00~08:00", "夜里"])
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not two times of day"):
        quiet_hours(text)


def test_quiet_hours_go_by_the_schools_clock() -> None:
    evening = moment("2022-06-14 22:30")
    assert due([someone(1, "sign_off")], KNOWN, NOTHING, MANNERS, evening, evening.astimezone(CHINA)) == []


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (timedelta(days=7) + MINUTE, 0),
        (timedelta(days=7), 1),
        (timedelta(days=7) - MINUTE, 1),
        (timedelta(days=3) + MINUTE, 1),
        (timedelta(days=3), 2),
        (timedelta(days=1) + MINUTE, 2),
        (timedelta(days=1), 3),
        (timedelta(hours=6) + MINUTE, 3),
        (timedelta(hours=6), 4),
        (MINUTE, 4),
    ],
)
def test_steps_begin_to_the_minute(left: timedelta, step: int) -> None:
    assert step_of(NOW + left, NOW) == step


def test_what_never_closes_has_no_steps_and_no_risk() -> None:
    assert (step_of(None, NOW), risk(None, 1, 1, NOW)) == (0, 0)


@pytest.mark.parametrize(("told_step", "again"), [(1, True), (2, False), (3, False)])
def test_one_reminder_a_step(told_step: int, again: bool) -> None:
    """On the 14th at nine the deadline's second step runs."""
    assert SIGN.closes is not None
    past = Past({}, {(1, "sign_off", minute_of(SIGN.closes)): told_step})
    assert (told([someone(1, "sign_off")], past) != []) is again


def test_a_deadline_that_was_moved_is_a_new_one() -> None:
    assert SIGN.closes is not None
    past = Past({}, {(1, "sign_off", minute_of(SIGN.closes - timedelta(days=1))): 4})
    assert told([someone(1, "sign_off")], past) == [(1, ("sign_off",))]


@pytest.mark.parametrize(("ago", "again"), [(-MINUTE, False), (timedelta(), True), (MINUTE, True)])
def test_nobody_is_reminded_again_within_the_setting(ago: timedelta, again: bool) -> None:
    past = Past({1: NOW - timedelta(hours=20) - ago}, {})
    assert (told([someone(1, "sign_off")], past) != []) is again


@pytest.mark.parametrize(("minutes", "least"), [(-1, 0), (0, 0), (1, 1)])
def test_risk_ends_with_the_deadline(minutes: int, least: int) -> None:
    found = risk(NOW + minutes * MINUTE, 2, 1, NOW)
    assert (found >= least, found == 0) == (True, least == 0)


def test_risk_grows_as_time_goes_and_with_what_is_left() -> None:
    closes = NOW + timedelta(days=2)
    assert risk(closes, 2, 1, NOW) == 2 * 1_000_000_000 // 2881
    assert risk(closes, 1, 1, NOW) < risk(closes, 2, 1, NOW) < risk(closes, 2, 2, NOW)
    assert risk(closes, 1, 1, NOW) < risk(closes, 1, 1, NOW + MINUTE)
    assert risk(closes, 3, 0, NOW) == 0


def test_due_says_the_risk_it_was_ordered_by() -> None:
    found = due([someone(1, "sign_off")], KNOWN, NOTHING, MANNERS, NOW, NOW)
    assert found == [Due(1, (SIGN,), risk(SIGN.closes, 1, 1, NOW))]

"""今天要办: who stands first, what helps, and what no call can mend."""

from datetime import UTC, datetime, timedelta

import pytest

from biye.casework.core.reminding import Matter, Undone
from biye.casework.core.words import Kind, State
from biye.casework.core.workbench import Help, OnDesk, chips, lines

AT = datetime(2022, 6, 13, 12, tzinfo=UTC)
SOON, LATE = AT + timedelta(days=1), AT + timedelta(days=3)
MATTERS = {
    "photo": Matter("photo", "毕业照片", closes=SOON, consequence="本季不能毕业"),
    "sign_off": Matter("sign_off", "签字确认", closes=LATE),
    "deferral_paper": Matter("deferral_paper", "交纸质材料", closes=LATE),
    "appraisal": Matter("appraisal", "自我鉴定"),
}


def everybody(*left: Undone, desk: tuple[OnDesk, ...] = (), at: datetime = AT) -> list[tuple[int, list[Help]]]:
    return [(line.student_id, [todo.help for todo in line.todos]) for line in lines(left, desk, MATTERS, at)]


def test_days_left_times_what_can_be_mended_decides() -> None:
    late = Undone(1, ("sign_off",), ("sign_off",))
    soon = Undone(2, ("photo",), ("photo",))
    both = Undone(3, ("photo", "sign_off"), ("photo", "sign_off"))
    whenever = Undone(4, ("appraisal",), ("appraisal",))
    assert everybody(late, soon, both, whenever) == [
        (3, [Help.PHOTO, Help.SIGN]),
        (2, [Help.PHOTO]),
        (1, [Help.SIGN]),
        (4, [Help.CALL]),
    ]


@pytest.mark.parametrize(("minutes", "found"), [(-1, [(1, [Help.PHOTO])]), (0, []), (1, [])])
def test_what_is_past_stands_with_nobody(minutes: int, found: list[tuple[int, list[Help]]]) -> None:
    assert everybody(Undone(1, ("photo",), ("photo",)), at=SOON + timedelta(minutes=minutes)) == found


def test_what_lies_on_the_own_desk_comes_first_and_who_must_wait_is_only_called() -> None:
    waiting = Undone(1, ("sign_off", "deferral_paper"), ("deferral_paper",))
    desk = OnDesk(1, 7, Kind.CORRECTION, State.SUBMITTED, LATE)
    assert everybody(waiting, desk=(desk,)) == [(1, [Help.CASE, Help.PAPER, Help.CALL])]


def test_chips_count_students_once_each() -> None:
    desk = tuple(OnDesk(1, case, Kind.OBJECTION, State.SUBMITTED, None) for case in (7, 8))
    left = (Undone(1, ("photo",), ("photo",)), Undone(2, ("photo",), ()))
    assert chips(lines(left, desk, MATTERS, AT)) == (("photo", "毕业照片", 2), ("desk:objection", "异议待我办", 1))

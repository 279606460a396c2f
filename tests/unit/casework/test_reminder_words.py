"""提醒的文字: deadline, consequence and next tap in every one."""

from biye.casework.core.reminder_words import Told, letter, subject, wording
from biye.casework.core.reminding import Matter
from biye.foundation.moments import CHINA, closing_text, moment

SIGN = Matter("sign_off", "签字确认", None, moment("2022-06-15 24:00"), "逾期未签字确认的，视为无异议")
PHOTO = Matter("photo", "毕业照片", None, moment("2022-06-15 12:00"), "无法在2022年秋季毕业")
TEXT = Matter("appraisal", "自我鉴定")


def test_one_matter_names_its_deadline_and_what_missing_it_means() -> None:
    said = wording((PHOTO,), CHINA)
    assert said.title == "请在 2022年6月15日 12:00 前办理：毕业照片"
    assert (said.text, said.consequence) == ("毕业照片：2022年6月15日 12:00 截止。", "逾期：无法在2022年秋季毕业")
    assert said.deadline == PHOTO.closes


def test_several_matters_are_one_message() -> None:
    said = wording((PHOTO, SIGN, TEXT), CHINA)
    assert said.title == "还有 3 件事没有办，最近的 2022年6月15日 12:00 截止"
    assert said.text.splitlines() == [
        "毕业照片：2022年6月15日 12:00 截止。",
        "签字确认：2022年6月15日 24:00 截止。",
        "自我鉴定：还没有办理。",
    ]


def test_a_consequence_that_says_when_is_left_as_it_is() -> None:
    assert wording((SIGN,), CHINA).consequence == "逾期未签字确认的，视为无异议"


def test_a_matter_without_a_time() -> None:
    said = wording((TEXT,), CHINA)
    assert (said.title, said.text, said.consequence, said.deadline) == (
        "请办理：自我鉴定",
        "自我鉴定：还没有办理。",
        "",
        None,
    )


def test_the_longest_title_has_room() -> None:
    assert len(wording((Matter("x", "长" * 300),), CHINA).title) == 120


def told(address: str, centre: str) -> Told:
    return Told("2022年秋季", "林晓", "请签字", "签字确认：截止。", "视为无异议", address, centre, "022-11112222")


def test_a_letter_has_name_matter_consequence_address_and_whom_to_ask() -> None:
    given = told("https://biye.example.edu.cn/my/messages/", "河东学习中心")
    assert subject(given) == "【2022年秋季】请签字"
    assert letter(given).splitlines() == [
        "林晓同学：",
        "签字确认：截止。",
        "视为无异议",
        "办理：https://biye.example.edu.cn/my/messages/",
        "咨询：河东学习中心 022-11112222",
    ]


def test_a_letter_from_a_site_without_an_address_says_where_to_go() -> None:
    assert letter(told("", "")).splitlines()[3:] == ["办理：请登录毕业资格审查系统，打开“消息”。"]


def test_the_end_of_a_day_is_24_00_of_that_day() -> None:
    texts = [closing_text(moment(f"2022-06-{when}")) for when in ("15 23:59", "15 24:00", "16 00:01")]
    assert texts == ["2022年6月15日 23:59", "2022年6月15日 24:00", "2022年6月16日 00:01"]

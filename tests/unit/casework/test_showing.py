"""所示内容: a signature stands for what was shown; whatever of it changes is said in a sentence, and nothing else counts."""

from datetime import date
from typing import Any

import pytest

from biye.casework.core.showing import (
    Document,
    document,
    mark_of,
    photo_part,
    record_mark_of,
    record_part,
    said_changes,
)

ROW: dict[str, Any] = {
    "student_no": "20200001",
    "name": "林晓",
    "sex": 2,
    "birth_date": date(1990, 1, 1),
    "ethnicity": "汉族",
    "identity_type": "居民身份证",
    "identity_number": "999010199001011234",
    "level": "专升本",
    "mode": "网络教育",
    "entry": 4040,
    "major": "工商管理",
    "centre__name": None,
    "status": "在籍",
}
CONCLUDED: dict[str, Any] = {
    "earned": 760,
    "asked": 800,
    "exams": [{"subject": "大学英语B", "state": "尚无成绩", "reason": "", "is_passed": "UNKNOWN"}],
    "findings": [
        {
            "rule": "credits",
            "label": "学分",
            "verdict": "NOT_MET",
            "have": "76.0",
            "need": "80.0",
            "clause": "通知二.1",
            "effect": "",
            "office": "学习支持服务办公室",
            "sentence": "学分不足",
        }
    ],
    "conclusions": [{"label": "毕业资格", "text": None, "is_favourable": False}],
}
GRANTED = {"label": "申请延缓毕业", "answer": "已同意", "effect": "本季不毕业"}


def shown(
    *, row: dict[str, Any] | None = None, photo: str = "ab", number: int = 1, choice: Any = None, **concluded: Any
) -> Document:
    return document(
        record_part(ROW | (row or {}), "学习中心"),
        photo_part(state="比对通过", at_chsi=True, comparison="学信照片通过", digest=photo),
        CONCLUDED | concluded,
        publication=number,
        choice=choice,
    )


BEFORE = shown()


def finding(**changed: str) -> list[dict[str, str]]:
    return [CONCLUDED["findings"][0] | changed]


def test_the_number_is_masked_and_blanks_are_blank() -> None:
    record = BEFORE["record"]
    assert (record["证件号码"], record["学习中心"], record["性别"], record["出生日期"], record["入学批次"]) == (
        "999***********1234",
        "",
        "女",
        "1990年1月1日",
        "2020春",
    )
    assert "999010199001011234" not in str(BEFORE)


def test_unknown_is_said() -> None:
    record = record_part(ROW | {"birth_date": None, "entry": -1, "identity_number": "", "sex": 0}, "学习中心")
    assert [record[name] for name in ("出生日期", "入学批次", "证件号码", "证件号码指纹", "性别")] == [""] * 5
    assert photo_part(state="待核实", at_chsi=None, comparison="", digest="")["学信网是否有毕业照"] == "尚未导入"
    assert shown(asked=-1)["credits"] == {"已修": "76.0", "要求": ""}
    assert BEFORE["conclusions"] == [{"label": "毕业资格", "text": "尚不能得出结论"}]


def test_a_new_release_that_says_the_same_is_the_same() -> None:
    again = shown(number=2)
    assert (mark_of(again), again["publication"], said_changes(BEFORE, again)) == (mark_of(BEFORE), 2, ())


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (shown(row={"ethnicity": "回族"}), "学籍信息「民族」由“汉族”改为“回族”"),
        (shown(row={"centre__name": "河东"}), "学籍信息「学习中心」由“空”改为“河东”"),
        (shown(row={"identity_number": "999010199001021234"}), "学籍信息「证件号码」已更改"),
        (shown(photo="cd"), "毕业照片换成了另一张"),
        (shown(photo=""), "毕业照片的图像有变动"),
        (shown(earned=800), "学分「已修」由“76.0”改为“80.0”"),
        (
            shown(exams=[{"subject": "大学英语B", "state": "合格", "reason": "", "is_passed": "TRUE"}]),
            "统考「大学英语B」由“尚无成绩”改为“合格”",
        ),
        (shown(exams=[]), "统考不再列出「大学英语B」"),
        (
            shown(findings=finding(verdict="MET", have="80.0")),
            "审查意见「学分」判定由“不符合”改为“符合”，现有由“76.0”改为“80.0”",
        ),
        (
            shown(findings=finding() + finding(rule="fees", label="交费", verdict="UNKNOWN")),
            "审查意见新增「交费」：待核实",
        ),
        (
            shown(conclusions=[{"label": "毕业资格", "text": "学分审核通过"}]),
            "审查结论「毕业资格」由“尚不能得出结论”改为“学分审核通过”",
        ),
        (shown(choice=GRANTED), "申请延缓毕业已同意：本季不毕业"),
    ],
)
def test_a_change_has_another_fingerprint_and_one_sentence(now: Document, said: str) -> None:
    assert mark_of(now) != mark_of(BEFORE)
    assert said_changes(BEFORE, now) == (said,)


def test_a_grant_taken_back_is_said() -> None:
    assert said_changes(shown(choice=GRANTED), BEFORE) == ("申请延缓毕业的同意已收回",)


def test_several_changes_come_in_the_order_in_which_they_are_shown() -> None:
    now = shown(row={"name": "林筱", "identity_number": "999010199001015678"}, earned=800, choice=GRANTED)
    assert said_changes(BEFORE, now) == (
        "学籍信息「姓名」由“林晓”改为“林筱”",
        "学籍信息「证件号码」由“999***********1234”改为“999***********5678”",
        "学分「已修」由“76.0”改为“80.0”",
        "申请延缓毕业已同意：本季不毕业",
    )


def test_words_of_the_office_that_the_student_does_not_sign_for_change_nothing() -> None:
    assert mark_of(shown(findings=finding(office="学籍办公室", sentence="另一种说法"))) == mark_of(BEFORE)


def test_the_record_and_the_photo_have_a_fingerprint_of_their_own() -> None:
    assert record_mark_of(shown(earned=800)) == record_mark_of(BEFORE)
    assert record_mark_of(shown(photo="cd")) != record_mark_of(BEFORE)

"""选择的用语: what students are told of decisions and of lapsed signatures; and what stands on a sheet of paper."""

import pypdfium2
import pytest

from biye.casework.core import sheet_contents
from biye.casework.core.choice_words import told_of, words
from biye.casework.core.lapse_words import MOST, told
from biye.casework.core.paper_codes import Paper, code_of
from biye.casework.core.sheets import Section, Sheet, pages, paired, pdf
from biye.casework.core.words import Event, Kind
from tests.unit.casework.test_showing import GRANTED, shown


@pytest.mark.parametrize("kind", [Kind.COMPLETION, Kind.DEFERRAL, Kind.DEGREE])
@pytest.mark.parametrize("event", [Event.RETURN, Event.REJECT, Event.ACCEPT_LATE])
def test_a_reason_is_passed_on(kind: Kind, event: Event) -> None:
    said = words(kind, event, " 未签字。 ")
    assert said is not None
    assert (kind.chinese in said[0], "理由：未签字" in said[1], "。。" in said[1]) == (True, True, False)


def test_after_a_grant_the_next_step_is_named() -> None:
    assert words(Kind.DEFERRAL, Event.APPROVE, "") == (
        "申请延缓毕业：学院已同意",
        "审查结论已按此更新，请看过之后签字确认。",
    )


@pytest.mark.parametrize(
    ("kind", "event"),
    [(Kind.DEFERRAL, Event.SUBMIT), (Kind.CORRECTION, Event.APPROVE), (Kind.SIGN_OFF, Event.SIGN)],
)
def test_nobody_is_told_of_what_they_did_or_of_what_others_tell(kind: Kind, event: Event) -> None:
    assert words(kind, event, "") is None
    assert told_of([kind], event) == frozenset()


def test_only_kinds_with_words_are_told_of() -> None:
    assert told_of(Kind, Event.RETURN) == {
        Kind.COMPLETION,
        Kind.DEFERRAL,
        Kind.DEGREE,
        Kind.SIGN_OFF,
        Kind.APPRAISAL,
    }


@pytest.mark.parametrize(
    ("many", "said"),
    [
        (0, "打开页面可以看到现在的内容。"),
        (1, "变动：第 0 处。"),
        (MOST, f"变动：{'；'.join(f'第 {n} 处' for n in range(MOST))}。"),
        (MOST + 1, f"变动：{'；'.join(f'第 {n} 处' for n in range(MOST))}；另有 1 处。"),
    ],
)
def test_many_changes_are_cut_off_and_counted(many: int, said: str) -> None:
    assert told([f"第 {n} 处" for n in range(many)]) == said


def test_lines_stand_two_abreast() -> None:
    assert paired([("姓名", "林晓"), ("民族", "汉族"), ("专业", "会计")]) == (
        ("姓名", "林晓", "民族", "汉族"),
        ("专业", "会计", "", ""),
    )
    assert paired([]) == ()


def test_the_confirmation_has_everything_that_is_shown_but_the_hidden_marks() -> None:
    sections = {section.title: section for section in sheet_contents.concluded(shown(choice=GRANTED))}
    assert list(sections) == ["学籍信息", "毕业照片", "学分与统考", "审查意见", "审查结论"]
    assert "证件号码指纹" not in str(sections["学籍信息"])
    assert sections["审查结论"].rows[-1] == ("申请延缓毕业", "已同意：本季不毕业")
    exempt = shown(exams=[{"subject": "大学英语B", "state": "免考", "reason": "年满四十", "is_passed": "TRUE"}])
    assert "免考（年满四十）" in str(sheet_contents.concluded(exempt)[2])


def test_an_application_without_reasons_or_effects_is_short() -> None:
    assert [one.title for one in sheet_contents.applied(shown(), {}, ())] == ["学籍信息", "审查结论"]
    full = sheet_contents.applied(shown(), {"平均分": "80"}, ("结业证书一律不换发毕业证书",))
    assert [one.title for one in full[2:]] == ["申请原因", "已知悉的后果"]


def test_sheets_are_called_as_the_season_calls_them() -> None:
    assert sheet_contents.title(Kind.DEFERRAL, {"extension_application": "延长学年申请表"}) == "延长学年申请表"
    assert sheet_contents.title(Kind.DEFERRAL, {}) == "延缓毕业申请表"
    assert sheet_contents.signers(Kind.SIGN_OFF, "学习中心") == ("本人签名",)
    assert sheet_contents.signers(Kind.DEFERRAL, "学习中心") == ("本人签名", "学习中心经办人")
    assert all(sheet_contents.statement(kind) for kind in sheet_contents.SHEETS)


def test_a_long_sheet_goes_on_over_pages_each_with_its_number() -> None:
    code = code_of(Paper(1, 2, Kind.SIGN_OFF, 3))
    text = sheet_contents.appraised(shown(), "第一段。\n\n第二段。" * 200)
    sheet = Sheet("自我鉴定", "学校", "2022年秋季", "林晓", code, "今天打印", (*text, Section("空")), "", ())
    document = pypdfium2.PdfDocument(pdf(sheet))
    last = document[len(document) - 1].get_textpage().get_text_bounded()
    assert (len(document) > 1, f"共{len(document)}页" in last.replace(" ", ""), code in last) == (True, True, True)
    assert [page[:4] for page in pages(sheet)] == [b"\x89PNG"] * len(document)

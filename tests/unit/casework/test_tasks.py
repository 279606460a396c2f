"""学生要做的事: every state of every task of the founding notices, the most urgent first, what is done at the end."""

from dataclasses import replace
from datetime import datetime

import pytest

from biye.audit.core.explain.shapes import BookConclusion, Explanation, Finding, RouteLine
from biye.audit.core.loading import load_season
from biye.casework.core.tasks import Known, Matter, Task, tasks
from biye.casework.core.transitions import Clock
from biye.casework.core.words import Kind, State
from biye.foundation.moments import moment
from biye.foundation.verdicts import Truth, Verdict
from biye.photos.core.states import State as PhotoState

ONLINE = load_season("tju-online", "2022-autumn")
ADULT = load_season("cslg-adult", "2021-summer")
NOW = moment("2022-06-13 20:00")
CLOSED = moment("2022-06-15 24:00")
TOLD = Explanation(
    student_no="20200001",
    name="林晓",
    candidate=Truth.TRUE,
    why_not="",
    conclusions=(BookConclusion("graduation", "毕业资格", "学分及统考审核通过", is_favourable=True),),
    findings=(),
    routes=(),
    earned=800,
    asked=800,
)
KNOWN = Known(TOLD, photo=PhotoState.CONSISTENT)
PAPER = {Clock.WINDOW: CLOSED, Clock.PAPER: CLOSED}


def cards(known: Known = KNOWN, at: datetime = NOW) -> dict[str, Task]:
    return {task.id: task for task in tasks(ONLINE.season, ONLINE.school, known, at)}


def with_case(kind: Kind, state: State, **more: object) -> Known:
    return replace(KNOWN, matters=(Matter(kind, state, **more),))  # type: ignore[arg-type]


def test_the_notice_gives_eight_tasks_and_the_most_urgent_stands_first() -> None:
    found = cards(replace(KNOWN, photo=PhotoState.INCONSISTENT, comparison="学信照片不通过"))
    assert list(found) == [
        "photo",
        "record_check",
        "courses",
        "conclusion",
        "sign_off",
        "appraisal",
        "registration_form",
        "public_notice",
    ]
    photo = found["photo"]
    assert (photo.state, photo.tone, photo.until) == ("比对不通过", "urgent", moment("2022-06-15 12:00"))
    assert photo.lines[0] == "学信网图像比对：学信照片不通过。"
    assert (photo.consequence, photo.clause, photo.office) == ("无法在2022年秋季毕业", "通知三.1", "学籍办公室")


def test_done_tasks_stand_last() -> None:
    found = list(cards(with_case(Kind.RECORD_CHECK, State.CONFIRMED)))
    assert found[-2:] == ["record_check", "photo"]


@pytest.mark.parametrize(
    ("state", "word", "is_done"),
    [
        (State.OPEN, "待核对", False),
        (State.CONFIRMED, "核对无误", True),
        (State.DISPUTED, "您标了有误", False),
        (State.LAPSED, "请重新核对", False),
        (State.DEEMED, "逾期视为无异议", True),
    ],
)
def test_the_check_of_the_record(state: State, word: str, is_done: bool) -> None:
    task = cards(with_case(Kind.RECORD_CHECK, state))["record_check"]
    assert (task.state, task.is_done, task.page) == (word, is_done, "record")


@pytest.mark.parametrize(
    ("known", "word", "is_done"),
    [
        (Known(None), "未公布", False),
        (KNOWN, "待查看", False),
        (replace(KNOWN, seen=True), "已查看", True),
        (replace(with_case(Kind.OBJECTION, State.AT_COLLEGE), seen=True), "异议办理中", False),
    ],
)
def test_courses_are_looked_at(known: Known, word: str, is_done: bool) -> None:
    task = cards(known)["courses"]
    assert (task.state, task.is_done) == (word, is_done)


@pytest.mark.parametrize("state", [None, *PhotoState])
def test_every_state_of_a_photo_has_a_card(state: PhotoState | None) -> None:
    task = cards(replace(KNOWN, photo=state))["photo"]
    settled = state in (PhotoState.CONSISTENT, PhotoState.REVIEWED)
    assert (task.is_done, bool(task.lines)) == (settled, not settled)
    assert task.state == (state.chinese if state else "待核实")


def test_who_may_graduate_without_the_degree_is_warned_on_the_card() -> None:
    thesis = Finding("degree_thesis", "degree", "毕业论文", Verdict.NOT_MET, "", "", "", "", "", "", "", "")
    warned = "您可以毕业，但还没有满足学位申请条件；确认之前请先看“延缓毕业”。"
    told = replace(TOLD, findings=(thesis,))
    lines = cards(replace(KNOWN, explanation=told))["conclusion"].lines
    assert lines == ("学分及统考审核通过", "有 1 项不符合：毕业论文。", warned)
    chosen = replace(with_case(Kind.DEFERRAL, State.SUBMITTED), explanation=told)
    assert (cards(chosen)["conclusion"].is_done, warned in cards(chosen)["conclusion"].lines) == (True, False)


def test_an_undecided_conclusion_says_why() -> None:
    told = replace(TOLD, conclusions=(BookConclusion("graduation", "毕业资格", None, is_favourable=False),))
    assert cards(replace(KNOWN, explanation=told))["conclusion"].lines == ("尚不能得出结论",)


CHECKED = Matter(Kind.RECORD_CHECK, State.CONFIRMED)


@pytest.mark.parametrize(
    ("known", "word", "is_done", "waits"),
    [
        (Known(None), "未开放", False, True),
        (KNOWN, "先核对学籍", False, False),
        (replace(KNOWN, matters=(CHECKED,)), "待签字", False, False),
        (replace(KNOWN, matters=(CHECKED, Matter(Kind.DEFERRAL, State.AT_COLLEGE))), "等待审核", False, True),
        (replace(KNOWN, matters=(CHECKED, Matter(Kind.SIGN_OFF, State.SIGNED))), "已签字确认", True, False),
        (replace(KNOWN, matters=(CHECKED, Matter(Kind.SIGN_OFF, State.SIGNED_ON_SITE))), "现场签字确认", True, False),
        (replace(KNOWN, matters=(CHECKED, Matter(Kind.SIGN_OFF, State.DEEMED))), "逾期视为无异议", True, False),
        (replace(KNOWN, matters=(CHECKED, Matter(Kind.SIGN_OFF, State.UPLOADED))), "等学习中心核对", False, True),
        (replace(KNOWN, matters=(CHECKED, Matter(Kind.SIGN_OFF, State.LAPSED))), "请重新签字", False, False),
        (
            replace(KNOWN, matters=(CHECKED, Matter(Kind.SIGN_OFF, State.SIGNED)), changed=("民族变了",)),
            "请重新签字",
            False,
            False,
        ),
    ],
)
def test_the_signature(known: Known, word: str, is_done: bool, waits: bool) -> None:
    task = cards(known)["sign_off"]
    assert (task.state, task.is_done, task.waits) == (word, is_done, waits)


def test_what_changed_since_the_signature_stands_on_the_card() -> None:
    known = replace(KNOWN, matters=(Matter(Kind.SIGN_OFF, State.LAPSED),), changed=("学籍信息「民族」变了",))
    assert cards(known)["sign_off"].lines == ("签字之后内容有变动，原签字已失效。", "学籍信息「民族」变了")


@pytest.mark.parametrize(
    ("at", "is_late"),
    [(moment("2022-06-15 23:59"), False), (CLOSED, True), (moment("2022-06-16 00:01"), True)],
)
def test_what_is_past_its_moment_says_what_silence_did(at: datetime, is_late: bool) -> None:
    task = cards(replace(KNOWN, matters=(CHECKED,)), at)["sign_off"]
    assert (task.is_late, task.state) == (is_late, "逾期视为无异议" if is_late else "待签字")


def test_the_public_notice_waits_for_its_beginning() -> None:
    before, during = cards()["public_notice"], cards(at=moment("2022-06-28 08:00"))["public_notice"]
    assert (before.state, before.waits, before.from_, before.until) == (
        "未开始",
        True,
        moment("2022-06-27 00:00"),
        None,
    )
    assert (during.waits, during.until) == (False, moment("2022-06-30 24:00"))


def test_forms_are_for_whom_the_conclusion_names() -> None:
    told = replace(
        TOLD, conclusions=(BookConclusion("graduation", "毕业资格", "暂不符合毕业条件", is_favourable=False),)
    )
    assert {"appraisal", "registration_form"} & cards(replace(KNOWN, explanation=told)).keys() == set()
    assert {"appraisal", "registration_form"} <= cards(Known(None)).keys()


def test_tasks_for_other_people_are_left_out() -> None:
    assert "photo" not in cards(replace(KNOWN, not_for=frozenset({"photo"})))


@pytest.mark.parametrize(
    ("state", "word", "is_done"),
    [
        (State.SAVED, "已保存，未提交", False),
        (State.RETURNED, "已退回，请修改", False),
        (State.SUBMITTED, "已提交", True),
    ],
)
def test_the_self_appraisal(state: State, word: str, is_done: bool) -> None:
    task = cards(with_case(Kind.APPRAISAL, state, reason="太短"))["appraisal"]
    assert (task.state, task.is_done) == (word, is_done)
    assert task.lines == (("太短",) if state is State.RETURNED else ())


def test_an_application_without_its_paper_is_urgent_until_the_paper_closes() -> None:
    task = cards(with_case(Kind.DEFERRAL, State.SUBMITTED, closing=PAPER))["deferral:"]
    assert (task.state, task.tone, task.until, task.page) == ("等纸质材料", "urgent", CLOSED, "deferral")
    assert (task.consequence, task.clause) == ("逾期未上交纸质申请的，视为无效", "通知二.2(3)")


@pytest.mark.parametrize(
    ("matter", "word", "is_done", "waits"),
    [
        (Matter(Kind.DEFERRAL, State.PAPER_RECEIVED, closing=PAPER), "纸质材料已收", False, True),
        (Matter(Kind.COMPLETION, State.RETURNED, closing=PAPER, reason="未签字"), "已退回，请修改", False, False),
        (Matter(Kind.COMPLETION, State.APPROVED), "已同意", True, False),
        (Matter(Kind.CORRECTION, State.AT_PROVINCE, about="姓名"), "省级审核中", False, True),
        (Matter(Kind.OBJECTION, State.REJECTED, about="credits"), "未同意", True, False),
        (Matter(Kind.WITHDRAWAL, State.PUBLIC, closing={Clock.WINDOW: CLOSED}), "公示中，可以申诉", False, False),
        (Matter(Kind.WITHDRAWAL, State.APPEALED), "申诉中", False, True),
    ],
)
def test_every_case_under_way_has_a_card(matter: Matter, word: str, is_done: bool, waits: bool) -> None:
    task = cards(replace(KNOWN, matters=(matter,)))[f"{matter.kind}:{matter.about}"]
    assert (task.state, task.is_done, task.waits) == (word, is_done, waits)


def test_what_was_withdrawn_or_never_begun_needs_no_card() -> None:
    matters = (Matter(Kind.DEFERRAL, State.WITHDRAWN), Matter(Kind.COMPLETION, State.OPEN))
    assert list(cards(replace(KNOWN, matters=matters))) == list(cards())


@pytest.mark.parametrize(
    ("state", "word", "is_done"),
    [
        (None, "自愿申请", False),
        (State.SUBMITTED, "已提交", False),
        (State.RETURNED, "已退回，请修改", False),
        (State.APPROVED, "已同意", True),
        (State.MISSED, "逾期未办", True),
    ],
)
def test_the_degree_of_the_second_notice(state: State | None, word: str, is_done: bool) -> None:
    known = KNOWN if state is None else with_case(Kind.DEGREE, state)
    found = {task.id: task for task in tasks(ADULT.season, ADULT.school, known, moment("2021-06-01 08:00"))}
    assert (found["degree"].state, found["degree"].is_done) == (word, is_done)


def test_a_degree_that_is_closed_says_why() -> None:
    line = RouteLine("degree", "学位申请", Truth.FALSE, "只有本科毕业生可以申请", "", "", "")
    known = replace(KNOWN, explanation=replace(TOLD, routes=(line,)))
    found = {task.id: task for task in tasks(ADULT.season, ADULT.school, known, moment("2021-06-01 08:00"))}
    assert (found["degree"].state, found["degree"].lines) == ("不开放", ("只有本科毕业生可以申请",))


def test_who_is_no_candidate_reads_why_and_has_nothing_to_do() -> None:
    told = replace(TOLD, candidate=Truth.FALSE, why_not="休学期间不参加毕业资格审查")
    found = cards(replace(KNOWN, explanation=told, matters=(Matter(Kind.CORRECTION, State.AT_COLLEGE, "姓名"),)))
    assert set(found) == {"conclusion", "correction:姓名"}
    assert (found["conclusion"].waits, found["conclusion"].lines) == (True, ("休学期间不参加毕业资格审查",))

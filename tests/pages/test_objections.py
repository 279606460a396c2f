"""学分与统考、异议: every line with its objection, addressed to its office, answered with a reason, put right, told."""

import pytest
from django.test import Client
from pytest_django import Settings

from biye.audit.models.amendment import Amendment
from biye.audit.models.publication import PublishedConclusion
from biye.casework.actions.acting import act_on
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, CaseFile
from biye.casework.models.follow_up import FollowUp
from biye.casework.models.message import Message
from biye.machinery.ledger.chain import breaks
from biye.records.models.facts import Fee, Result, UnifiedExam
from biye.records.models.student import Student
from tests.pages.conftest import Post
from tests.pages.matters import IN_TIME, TOO_LATE, after, asker, cost, page, picture, upload
from tests.pages.people import People, play_at, signed_in
from tests.pages.season import World

COURSES, OBJECTIONS = "/my/courses/", "/my/objections/"
ON_A3 = "/my/objections/new/?line=course&key=A3"
SAID = {"wanted": "85 分", "text": "2021年秋季考过，成绩单上是 85 分。"}


@pytest.fixture(autouse=True)
def under_way(settings: Settings) -> None:
    play_at(settings, IN_TIME)


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.people.student)


def only_case() -> Case:
    return Case.objects.get(kind=Kind.OBJECTION)


def objected(client: Client, address: str = ON_A3) -> Case:
    client.post(address, SAID)
    return only_case()


def at_college(world: World, case: Case) -> Case:
    act_on(case.pk, Event.FORWARD, by=asker(world.people.centre), at=IN_TIME)
    case.refresh_from_db()
    return case


def test_every_course_says_what_it_counted_for_and_what_is_missing_has_its_fix(client: Client) -> None:
    shown = page(client, COURSES)
    for part in (
        "已修 76.0 学分，要求 80.0 学分",
        "专业必修",
        "2 / 3 计入",
        "大学英语B",
        "合格",
        "会计学",
        "最近的办法",
        "line=course&amp;key=A3",
        "line=exam&amp;key=%E5%A4%A7%E5%AD%A6%E8%8B%B1%E8%AF%ADB",
        "还剩 2 天",
        "逾期未反馈的，视为对各项数据无异议",
    ):
        assert part in shown, part


def test_before_anything_is_published_there_is_an_honest_word(people: People) -> None:
    assert "学院还没有公布审查结论" in page(signed_in(people.student), COURSES)


@pytest.mark.parametrize(
    ("line", "key", "office", "shown"),
    [
        ("course", "A3", "学习支持服务办公室", "会计学（A3）"),
        ("credits", "", "学习支持服务办公室", "已修 76.0，要求 80.0"),
        ("exam", "大学英语B", "学籍办公室", "合格"),
        ("field", "专业", "学籍办公室", "（空）"),
        ("photo", "", "学籍办公室", "毕业照片"),
        ("own", "通讯地址", "学籍办公室", "通讯地址"),
        ("conclusion", "", "学籍办公室", "暂不符合毕业条件"),
        ("notice", "", "学籍办公室", "公示结果"),
    ],
)
def test_an_objection_is_addressed_already(client: Client, line: str, key: str, office: str, shown: str) -> None:
    found = page(client, f"/my/objections/new/?line={line}&key={key}")
    assert (office in found, shown in found) == (True, True)


def test_a_fee_is_a_line_too(client: Client) -> None:
    student = Student.objects.get(student_no="20200001")
    fee = Fee.objects.create(student=student, kind="学费", year=2021, due=250000, paid=200050)
    assert "应交 2500.00 元，已交 2000.50 元" in page(client, f"/my/objections/new/?line=fee&key={fee.pk}")
    assert signed_in_other(client, fee.pk) == 404


def signed_in_other(client: Client, fee: int) -> int:
    del client
    other = Client()
    other.force_login(
        Student.objects.get(student_no="20200002").seats.get().user, "django.contrib.auth.backends.ModelBackend"
    )
    return other.get(f"/my/objections/new/?line=fee&key={fee}").status_code


@pytest.mark.parametrize(
    "asked", ["line=course&key=X9", "line=exam&key=日语", "line=planet", "line=field&key=身高", "line=fee&key=x"]
)
def test_what_is_not_shown_cannot_be_objected_to(client: Client, asked: str) -> None:
    assert client.get(f"/my/objections/new/?{asked}").status_code == 404


def test_it_goes_to_the_centre_and_the_line_shows_it(client: Client) -> None:
    shown = after(client.post(ON_A3, SAID), client)
    case = only_case()
    assert (case.state, case.office, case.about) == (State.SUBMITTED, "support", "course:A3")
    assert ("已提出异议" in shown, "022-87401520" in shown) == (True, True)
    assert "异议：已提交" in page(client, COURSES)
    assert "会计学（A3）" in page(client, OBJECTIONS)


def test_sent_twice_it_counts_once_and_another_one_waits(client: Client) -> None:
    for _ in range(2):
        objected(client)
    assert only_case().steps == 1
    client.post(ON_A3, SAID | {"wanted": "90 分"})
    assert "对这一行已有一件异议正在办理" in page(client, OBJECTIONS)
    assert only_case().form["wanted"] == "85 分"


def test_without_a_word_it_is_not_taken(client: Client) -> None:
    assert "请填写此项" in client.post(ON_A3, {"wanted": "85"}).content.decode()
    assert not Case.objects.filter(kind=Kind.OBJECTION).exists()


def test_after_the_deadline_the_page_says_whom_to_call(client: Client, settings: Settings) -> None:
    play_at(settings, TOO_LATE)
    shown = page(client, ON_A3)
    assert ("提出异议的时间已过" in shown, "提出异议</button>" in shown) == (True, False)
    client.post(ON_A3, SAID)
    assert "已过截止时间" in page(client, OBJECTIONS)


def test_what_was_written_when_the_deadline_passed_is_kept_and_may_still_be_taken(
    client: Client, world: World, settings: Settings
) -> None:
    play_at(settings, TOO_LATE)
    client.post(ON_A3, SAID)
    case = only_case()
    assert (case.state, case.form["wanted"], case.steps) == (State.OPEN, "85 分", 0)
    shown = page(client, f"/my/objections/{case.pk}/")
    assert ("写的内容已保留" in shown, "85 分" in shown) == (True, True)
    act_on(case.pk, Event.ACCEPT_LATE, by=asker(world.people.college), at=TOO_LATE, reason="住院，有证明")
    assert only_case().state == State.AT_COLLEGE
    assert "住院，有证明" in page(client, f"/my/objections/{case.pk}/")


def test_proof_is_added_afterwards_until_it_is_decided(client: Client, world: World) -> None:
    case = objected(client)
    client.post(f"/my/cases/{case.pk}/files/", {"label": "凭证", "file": upload(picture())})
    assert CaseFile.objects.filter(case=case).count() == 1
    act_on(case.pk, Event.REJECT, by=asker(world.people.centre), at=IN_TIME, reason="没有参加这次考试")
    client.post(f"/my/cases/{case.pk}/files/", {"label": "凭证", "file": upload(picture(2))})
    assert "这一事项已经了结" in page(client, OBJECTIONS)
    shown = page(client, f"/my/objections/{case.pk}/")
    assert ("异议不成立" in shown, "没有参加这次考试" in shown) == (True, True)


def test_withdrawn_it_is_over_and_may_be_made_again(client: Client) -> None:
    case = objected(client)
    assert "已撤回异议" in after(client.post(f"/my/objections/{case.pk}/withdraw/"), client)
    client.post(ON_A3, SAID)
    assert sorted(Case.objects.values_list("state", flat=True)) == [State.SUBMITTED, State.WITHDRAWN]


def test_upheld_the_figure_is_put_right_the_audit_runs_and_the_student_reads_what_moved(
    client: Client, world: World, post: Post
) -> None:
    case = at_college(world, objected(client))
    officer = signed_in(world.people.college)
    assert "异议成立：更正数据" in page(officer, f"/cases/{case.pk}/")
    sent = {"grade": "85", "term": "2021秋", "obtained": "正考", "reason": "成绩单属实，录入时遗漏", "seen": case.steps}
    post(officer, f"/cases/{case.pk}/objection/uphold/", sent)
    result = Result.objects.get(student__student_no="20200001", course__code="A3")
    assert (result.score, result.term, only_case().state) == (8500, 4043, State.APPROVED)
    shown = page(client, COURSES)
    for part in (
        "已更正：会计学（A3）",
        "改为“85（正考）”",
        "您的结论有这些变动",
        "由“暂不符合毕业条件”改为“学分及统考审核通过”",
        "由“76.0 / 80.0”改为“80.0 / 80.0”",
        "已修 80.0 学分",
    ):
        assert part in shown, part
    assert "学分及统考审核通过" in page(client, "/my/conclusion/")
    assert "由“暂不符合毕业条件”改为“学分及统考审核通过”" in Message.objects.get(title="已更正：会计学（A3）").text
    amendment = Amendment.objects.get()
    assert amendment.before["conclusions"][0]["text"] == "暂不符合毕业条件"
    assert list(breaks()) == []


def test_nobody_elses_words_are_touched(client: Client, world: World, post: Post) -> None:
    before = PublishedConclusion.objects.get(student__student_no="20200002").document
    case = at_college(world, objected(client))
    sent = {"grade": "85", "reason": "属实"}
    post(signed_in(world.people.college), f"/cases/{case.pk}/objection/uphold/", sent)
    assert PublishedConclusion.objects.get(student__student_no="20200002").document == before
    assert Amendment.objects.count() == 1


def test_upheld_without_a_figure_nothing_is_written(client: Client, world: World, post: Post) -> None:
    case = at_college(world, objected(client))
    sent = {"without_figure": "yes", "reason": "教务处随下次导入更正", "grade": "85"}
    post(signed_in(world.people.college), f"/cases/{case.pk}/objection/uphold/", sent)
    assert (only_case().state, FollowUp.objects.count()) == (State.APPROVED, 0)
    assert "教务处随下次导入更正" in page(client, f"/my/objections/{case.pk}/")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"grade": "101", "reason": "属实"}, "“101”不在 0 至 100 之间"),
        ({"grade": "很好", "reason": "属实"}, "“很好”不是成绩"),
        ({"grade": "85", "obtained": "买的", "reason": "属实"}, "更正后的数值看不懂：“买的”不是取得方式"),
        ({"grade": "85"}, "请写明理由"),
    ],
)
def test_an_answer_that_cannot_be_read_changes_nothing(
    client: Client, world: World, sent: dict[str, object], said: str
) -> None:
    case = at_college(world, objected(client))
    officer = signed_in(world.people.college)
    officer.post(f"/cases/{case.pk}/objection/uphold/", sent)
    assert said in page(officer, "/messages/")
    assert (only_case().state, Result.objects.filter(course__code="A3").count()) == (State.AT_COLLEGE, 1)


def test_an_exam_and_a_field_and_a_fee_are_put_right_where_they_stand(client: Client, world: World, post: Post) -> None:
    student = Student.objects.get(student_no="20200001")
    fee = Fee.objects.create(student=student, kind="学费", year=2021, due=250000, paid=0)
    officer = signed_in(world.people.college)
    for line, key, sent in (
        ("exam", "大学英语B", {"outcome": "免考", "exemption": "年满 40 周岁"}),
        ("field", "专业", {"value": "工商管理"}),
        ("fee", str(fee.pk), {"value": "2500"}),
    ):
        client.post(f"/my/objections/new/?line={line}&key={key}", SAID)
        case = Case.objects.get(about__startswith=line)
        post(officer, f"/cases/{case.pk}/objection/uphold/", sent | {"reason": "属实"})
    student.refresh_from_db()
    fee.refresh_from_db()
    exam = UnifiedExam.objects.get(student=student)
    assert (exam.outcome, exam.reason, student.major, fee.paid) == (2, "年满 40 周岁", "工商管理", 250000)
    assert FollowUp.objects.filter(done_at__isnull=False).count() == 3


def test_a_job_that_runs_again_tells_nobody_twice(client: Client, world: World, post: Post) -> None:
    from biye.casework.actions.following_up import follow_up

    case = at_college(world, objected(client))
    post(signed_in(world.people.college), f"/cases/{case.pk}/objection/uphold/", {"grade": "85", "reason": "属实"})
    assert follow_up(world.season_id, by=world.officer.actor, at=IN_TIME) == 0
    assert (Amendment.objects.count(), Message.objects.filter(title__startswith="已更正").count()) == (1, 1)


def test_pages_cost_the_same_however_many_objections_there_are(client: Client) -> None:
    case = objected(client)
    addresses = (COURSES, OBJECTIONS, "/my/objections/new/?line=course&key=A1", f"/my/objections/{case.pk}/")

    before = [cost(client, address) for address in addresses]
    for line in ("line=course&key=A2", "line=exam&key=大学英语B", "line=field&key=专业"):
        client.post(f"/my/objections/new/?{line}", SAID)
    assert (Case.objects.count(), [cost(client, address) for address in addresses]) == (4, before)
    assert max(before) <= 18

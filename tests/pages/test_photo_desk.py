"""照片审看: one photo after the other, each decision on one file, taken back as easily; never somebody else's student's."""

import pytest
from pytest_django import DjangoAssertNumQueries

from biye.foundation.verdicts import Verdict
from biye.machinery.ledger.models.entry import Entry
from biye.photos.actions.restoring import restore_photo
from biye.photos.models.decision import PhotoDecision
from biye.photos.models.photo import Photo
from biye.records.models.facts import ChsiPhoto
from tests.pages.people import AT, People
from tests.pages.photos import HERE, PHOTOS, RED, THERE, Desk, college, hand_in, open_desk

DESK = f"{PHOTOS}desk/"


@pytest.fixture
def desk(people: People) -> Desk:
    return open_desk(people)


def verdict_on(photo: Photo, verdict: str = "accept", **more: object) -> dict[str, object]:
    return {"sha256": photo.sha256, "seen": 0, "verdict": verdict, **more}


def specification(student_no: str) -> int:
    return ChsiPhoto.objects.get(student__student_no=student_no).specification


def test_the_desk_leads_to_the_first_photo_that_waits_and_on_to_the_next(desk: Desk) -> None:
    first, second = hand_in(desk, HERE), hand_in(desk, THERE, RED)
    assert desk.officer.get(DESK).headers["Location"] == f"{DESK}{first.pk}/"
    answer = desk.officer.post(f"{DESK}{first.pk}/decide/", verdict_on(first))
    assert answer.headers["Location"] == f"{DESK}{second.pk}/?done={first.pk}"
    page = desk.officer.get(answer.headers["Location"]).content.decode()
    assert "刚才：林晓（20200001）判为合格" in page
    assert specification(HERE) == Verdict.MET
    decision = PhotoDecision.objects.get()
    assert (decision.sha256, decision.decided_by_name, set(decision.answers.values())) == (
        first.sha256,
        "张老师",
        {True},
    )


def test_a_photo_is_shown_large_with_lines_strips_questions_and_keys(desk: Desk) -> None:
    photo = hand_in(desk, HERE)
    page = desk.teacher.get(f"{DESK}{photo.pk}/").content.decode()
    for part in (
        'class="photo-lines"',
        'aria-label="眼部放大图"',
        'aria-label="耳部放大图"',
        'aria-label="颈部放大图"',
        "没有耳环、项链等饰品",
        'data-key="1"',
        photo.sha256[:16],
    ):
        assert part in page


def test_the_machine_s_no_is_ticked_beforehand_and_one_key_agrees(desk: Desk) -> None:
    photo = hand_in(desk, HERE, RED)
    page = desk.teacher.get(f"{DESK}{photo.pk}/").content.decode()
    assert 'value="background_colour" id="ask-background_colour" checked' in page
    answer = desk.teacher.post(
        f"{DESK}{photo.pk}/decide/", verdict_on(photo, "refuse", problem="background_colour"), follow=True
    )
    assert "判为不合格：背景颜色" in answer.content.decode()
    assert "没有待审看的照片" in answer.content.decode()
    assert specification(HERE) == Verdict.NOT_MET


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"verdict": "accept", "problem": "jewellery"}, "勾选了有问题的项，又按了“合格”"),
        ({"verdict": "refuse"}, "请勾选哪一项有问题"),
        ({"verdict": "maybe"}, "页面已经过时"),
        ({"verdict": "refuse", "problem": "unheard_of"}, "页面已经过时"),
        ({"verdict": "accept", "sha256": "0" * 64}, "审看期间照片已经更换"),
    ],
)
def test_an_answer_that_does_not_hang_together_is_not_recorded(desk: Desk, sent: dict[str, str], said: str) -> None:
    photo = hand_in(desk, HERE)
    answer = desk.teacher.post(
        f"{DESK}{photo.pk}/decide/",
        {"sha256": photo.sha256, "seen": 0, **sent},
        follow=True,
        headers={"Referer": f"http://testserver{DESK}{photo.pk}/"},
    )
    assert said in answer.content.decode()
    assert not PhotoDecision.objects.exists()


def test_accepting_what_was_measured_as_failed_takes_a_reason(desk: Desk) -> None:
    photo = hand_in(desk, HERE, RED)
    desk.teacher.post(f"{DESK}{photo.pk}/decide/", verdict_on(photo))
    assert not PhotoDecision.objects.exists()
    desk.teacher.post(f"{DESK}{photo.pk}/decide/", verdict_on(photo, reason="红底经省厅同意"))
    assert PhotoDecision.objects.get().is_accepted


def test_the_slower_of_two_people_is_told_who_was_faster(desk: Desk) -> None:
    photo = hand_in(desk, HERE)
    address, back = f"{DESK}{photo.pk}/", {"Referer": f"http://testserver{DESK}{photo.pk}/"}
    desk.teacher.post(f"{address}decide/", verdict_on(photo))
    said = desk.officer.post(
        f"{address}decide/", verdict_on(photo, "refuse", problem="hair"), follow=True, headers=back
    )
    assert "李老师 刚刚已判这张照片合格，您的没有记录" in said.content.decode()
    standing = PhotoDecision.objects.get()
    assert (standing.is_accepted, f'name="seen" value="{standing.pk}"' in said.content.decode()) == (True, True)
    desk.officer.post(f"{address}decide/", verdict_on(photo, "refuse", problem="hair", seen=standing.pk))
    assert not PhotoDecision.objects.get(is_standing=True).is_accepted
    said = desk.teacher.post(f"{address}undo/", {"reason": "误判"}, follow=True)
    late = desk.teacher.post(f"{address}decide/", verdict_on(photo, seen=standing.pk), follow=True, headers=back)
    assert "原来的判定已被撤销" in late.content.decode()


def test_a_decision_is_taken_back_and_the_photo_waits_again(desk: Desk) -> None:
    photo = hand_in(desk, HERE)
    desk.teacher.post(f"{DESK}{photo.pk}/decide/", verdict_on(photo))
    answer = desk.teacher.post(f"{DESK}{photo.pk}/undo/", {"reason": "误判，重新审看"})
    assert answer.headers["Location"] == f"{DESK}{photo.pk}/"
    assert specification(HERE) == Verdict.UNKNOWN
    assert Entry.objects.latest("id").reason == "误判，重新审看"
    assert desk.teacher.post(f"{DESK}{photo.pk}/undo/", {"reason": "再来"}).status_code == 404


def test_another_centre_s_photo_is_not_there(desk: Desk) -> None:
    photo = hand_in(desk, HERE)
    picture = f"/photos/{photo.pk}/picture/"
    assert b"".join(desk.teacher.get(picture))[:3] == b"\xff\xd8\xff"
    assert [desk.far.get(address).status_code for address in (f"{DESK}{photo.pk}/", picture)] == [404, 404]
    assert desk.far.post(f"{DESK}{photo.pk}/decide/", verdict_on(photo)).status_code == 404
    desk.teacher.post(f"{DESK}{photo.pk}/decide/", verdict_on(photo))
    assert desk.far.post(f"{DESK}{photo.pk}/undo/", {"reason": "x"}).status_code == 404
    assert desk.student.get(f"{DESK}{photo.pk}/").status_code == 404
    assert "没有待审看的照片" in desk.far.get(DESK).content.decode()


def test_only_the_picture_drawn_anew_is_served(desk: Desk) -> None:
    script = b"<script>alert(1)</script>"
    data = RED[:2] + b"\xff\xfe" + (len(script) + 2).to_bytes(2, "big") + script + RED[2:]
    photo = hand_in(desk, HERE, data)
    answer = desk.teacher.get(f"/photos/{photo.pk}/picture/")
    content = b"".join(answer)
    assert (answer.headers["Content-Type"], content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert script not in content
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_queue_can_be_narrowed_and_stays_so(desk: Desk) -> None:
    hand_in(desk, HERE)
    failed = hand_in(desk, THERE, RED)
    assert desk.officer.get(f"{DESK}?answer=fail").headers["Location"] == f"{DESK}{failed.pk}/?answer=fail"
    sent = verdict_on(failed, "refuse", problem="background_colour")
    answer = desk.officer.post(f"{DESK}{failed.pk}/decide/?answer=fail", sent)
    assert answer.headers["Location"] == f"{DESK}?answer=fail&done={failed.pk}"


def test_a_photo_that_was_replaced_is_no_longer_on_the_desk(desk: Desk) -> None:
    old = hand_in(desk, HERE)
    hand_in(desk, HERE, RED)
    assert desk.teacher.get(f"{DESK}{old.pk}/").status_code == 404
    restore_photo(old.pk, reason="传错了", by=college(desk), at=AT)
    assert desk.teacher.get(f"{DESK}{old.pk}/").status_code == 200


def test_the_desk_costs_a_constant_number_of_queries(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    photo = hand_in(desk, HERE)
    desk.officer.get(f"{DESK}{photo.pk}/")
    with django_assert_num_queries(15):
        desk.officer.get(f"{DESK}{photo.pk}/")

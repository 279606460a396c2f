"""办理: the queue, one case and the next, decisions of one and of many, and the way back."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from biye.casework.core.words import Event, Kind, State
from biye.casework.models.bulk import BulkAct
from biye.casework.models.case import Case, Step
from tests.pages.conftest import Post
from tests.pages.desks import a_case, text
from tests.pages.people import AT, play_at, signed_in
from tests.pages.season import STEM, World

QUEUE = f"/seasons/{STEM}/cases/"


@pytest.fixture(autouse=True)
def under_way(settings: Settings) -> None:
    play_at(settings, AT)


def decide(client: Client, case: Case, event: Event, address: str = "", **more: str) -> str:
    data = {"event": event.value, "seen": str(case.steps), **more}
    return str(client.post(f"/cases/{case.pk}/act/{address}", data).headers["Location"])


def test_a_queue_shows_what_lies_on_the_own_desk(world: World) -> None:
    a_case(world, "20200001")
    a_case(world, "20200002", state=State.PAPER_RECEIVED)
    college, far = (signed_in(user) for user in (world.people.college, world.people.other_centre))
    assert ("林晓" in text(college, QUEUE), "周建国" in text(college, QUEUE)) == (True, False)
    assert ("林晓" in text(far, QUEUE), "周建国" in text(far, QUEUE)) == (False, True)
    assert ("林晓" in text(far, f"{QUEUE}?state=all"), "林晓" in text(college, f"{QUEUE}?kind=objection")) == (
        False,
        False,
    )


def test_a_queue_and_a_case_cost_a_constant_number_of_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, case = signed_in(world.people.college), a_case(world, "20200001")
    address = f"{QUEUE}?kind=deferral"
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)
    for number in ("20200002", "20200003", "20200004"):
        a_case(world, number)
    with django_assert_num_queries(12):
        client.get(address)
    client.get(f"/cases/{case.pk}/?queue=1")
    with django_assert_num_queries(20):
        client.get(f"/cases/{case.pk}/?queue=1")


def test_a_decision_leads_on_to_the_next_case_and_at_the_end_back_to_the_queue(world: World) -> None:
    client = signed_in(world.people.college)
    first, second = (a_case(world, number) for number in ("20200001", "20200002"))
    assert decide(client, first, Event.APPROVE, "?kind=deferral&queue=1").startswith(f"/cases/{second.pk}/?")
    assert decide(client, second, Event.REJECT, "?kind=deferral&queue=1", reason="缺签字").startswith(QUEUE)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("approved", "rejected")


def test_what_cannot_be_done_says_why_and_the_slower_of_two_is_told(world: World) -> None:
    client, case = signed_in(world.people.college), a_case(world, "20200001")
    assert decide(client, case, Event.REJECT) == "/"
    assert "请写明理由" in text(client, f"/cases/{case.pk}/")
    Case.objects.filter(pk=case.pk).update(steps=2)
    Step.objects.create(
        case=case,
        number=2,
        event="check",
        before="at_college",
        after="checked",
        at=AT,
        actor_name="钱老师",
        actor_role="college",
    )
    decide(client, case, Event.APPROVE)
    assert "钱老师已于" in text(client, f"/cases/{case.pk}/")
    assert Case.objects.get().state == "at_college"


def test_acts_that_write_or_show_something_have_no_plain_button(world: World) -> None:
    client, case = signed_in(world.people.college), a_case(world, "20200001", Kind.CORRECTION)
    data = {"event": Event.APPROVE.value, "seen": "1"}
    assert client.post(f"/cases/{case.pk}/act/", data).status_code == 404
    assert client.post(f"/cases/{case.pk}/act/", {"event": "no_such"}).status_code == 404


def test_nobody_guesses_the_address_of_another_centres_case(world: World) -> None:
    case = a_case(world, "20200001", state=State.PAPER_RECEIVED)
    far, near = signed_in(world.people.other_centre), signed_in(world.people.centre)
    assert far.get(f"/cases/{case.pk}/").status_code == 404
    assert far.post(f"/cases/{case.pk}/act/", {"event": "forward"}).status_code == 404
    assert signed_in(world.people.student).get(f"/cases/{case.pk}/").status_code == 404
    assert Case.objects.get().state == "paper_received"
    assert near.get(f"/cases/{case.pk}/").status_code == 200
    decide(near, case, Event.FORWARD)
    assert Case.objects.get().state == "at_college"


def test_a_chosen_few_are_decided_as_one_act_and_taken_back_as_one(world: World, post: Post) -> None:
    client = signed_in(world.people.college)
    cases = [a_case(world, number) for number in ("20200001", "20200002")]
    late = a_case(world, "20200003", state=State.RETURNED)
    chosen = {"event": "approve", "case": [str(case.pk) for case in (*cases, late)]}
    answer = post(client, f"{QUEUE}bulk/?kind=deferral", chosen)
    act = BulkAct.objects.get()
    assert (answer.headers["Location"], act.moved) == (f"/cases/bulk/{act.pk}/", [case.pk for case in cases])
    page = text(client, f"/cases/bulk/{act.pk}/")
    assert ("已办 <b>2</b> 件" in page, "状态已经变了" in page, "撤销这 2 件" in page) == (True, True, True)
    decide(client, Case.objects.get(pk=cases[0].pk), Event.TAKE_BACK, reason="再看")
    client.post(f"/cases/bulk/{act.pk}/undo/", {"reason": "批错了"})
    act.refresh_from_db()
    assert (act.undone, act.undone_by_name) == ([cases[1].pk], "张老师")
    assert set(Case.objects.exclude(pk=late.pk).values_list("state", flat=True)) == {"at_college"}
    client.post(f"/cases/bulk/{act.pk}/undo/", {"reason": "批错了"})
    assert "张老师已于" in text(client, f"/cases/bulk/{act.pk}/")


def test_nothing_chosen_moves_nothing_and_a_centre_decides_nothing_in_bulk(world: World) -> None:
    case = a_case(world, "20200001")
    college, centre = signed_in(world.people.college), signed_in(world.people.centre)
    college.post(f"{QUEUE}bulk/?kind=deferral", {"event": "approve"})
    assert "请先选中" in text(college, QUEUE)
    assert college.post(f"{QUEUE}bulk/?kind=objection", {"event": "approve", "case": case.pk}).status_code == 404
    assert centre.post(f"{QUEUE}bulk/?kind=deferral", {"event": "approve", "case": case.pk}).status_code == 404
    assert not BulkAct.objects.exists()


def test_the_ledger_tells_a_step_in_words(world: World) -> None:
    client, case = signed_in(world.people.college), a_case(world, "20200001")
    decide(client, case, Event.APPROVE)
    page = text(client, "/college/ledger/")
    assert ("申请延缓毕业：同意" in page, "状态 学院审核中" in page) == (True, True)

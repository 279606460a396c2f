"""办理事项 for page tests: cases as they lie on a desk, and what pages say."""

from datetime import timedelta

from django.test import Client

from biye.casework.core.words import Kind, State
from biye.casework.models.case import Case
from biye.records.models.student import Student
from tests.pages.people import AT
from tests.pages.season import World


def a_case(world: World, student_no: str, kind: Kind = Kind.DEFERRAL, state: State = State.AT_COLLEGE) -> Case:
    """A case as it lies on a desk, each a minute younger than the one before."""
    when = AT - timedelta(days=1) + timedelta(minutes=Case.objects.count())
    return Case.objects.create(
        season_id=world.season_id,
        student=Student.objects.get(student_no=student_no),
        kind=kind,
        state=state,
        office="records",
        opened_at=when,
        changed_at=when,
        steps=1,
    )


def text(client: Client, address: str) -> str:
    """What a page says."""
    return client.get(address).content.decode()


def said(client: Client, address: str, data: dict[str, object] | None = None) -> str:
    """What the page says to which a form leads."""
    answer = client.post(address, data or {}, follow=True, headers={"Referer": "http://testserver/"})
    return answer.content.decode()

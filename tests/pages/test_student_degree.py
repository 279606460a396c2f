"""学位申请 as the second founding notice has it: until 21 June, and the warning that graduating ends PETS-3 at this school."""

import pytest
from django.test import Client
from pytest_django import Settings

from biye.accounts.queries.seats import seats_of
from biye.audit.actions.publications import prepare_publication, release_publication
from biye.audit.actions.rules import adopt_rules
from biye.casework.models.case import Case
from biye.foundation.actor import SYSTEM
from biye.foundation.moments import moment
from biye.foundation.terms import term
from biye.records.models.student import Student
from biye.seasons.actions.seasons import open_season
from biye.seasons.core.folder import SHIPPED
from tests.pages.people import People, play_at, populate, signed_in
from tests.pages.season import audit_now, fill_records

NOW = moment("2021-06-10 20:00")
DEGREE = "/my/degree/"
PETS = "一旦毕（结）业后，不得再参加本校考点组织的PETS3考试"


@pytest.fixture
def people(transactional_db: None, settings: Settings) -> People:
    """Two students of the second school, told their conclusions; one of them in no bachelor's course."""
    settings.SCHOOL_FOLDER = SHIPPED / "cslg-adult"
    play_at(settings, NOW)
    found = populate()
    season_id = open_season(stem="2021-summer", by=SYSTEM, at=NOW)
    fill_records()
    Student.objects.update(entry=term("2019春"))
    Student.objects.filter(student_no="20200002").update(level="专科")
    run = audit_now(adopt_rules(season_id, settings.SCHOOL_FOLDER, by=SYSTEM, at=NOW), NOW)
    officer = seats_of(found.college.pk)[0]
    release_publication(prepare_publication(run.pk, by=officer, at=NOW).pk, by=officer, at=NOW)
    return found


def text(client: Client, address: str, data: dict[str, object] | None = None) -> str:
    answer = client.get(address) if data is None else client.post(address, data, follow=True)
    return answer.content.decode()


def test_the_application_warns_is_ticked_handed_in_and_withdrawn(people: People, settings: Settings) -> None:
    client = signed_in(people.student)
    page = text(client, DEGREE)
    assert (PETS in page, "2021年6月21日 24:00 截止" in page, "由学院审核" in page) == (True, True, True)
    assert "请先勾选不可撤回的后果" in text(client, DEGREE, {"seen": "0"})
    assert "已提交学位申请" in text(client, DEGREE, {"seen": "0", "effect": PETS})
    assert text(client, "/my/").count("学位申请") > 0
    assert "已撤回申请学位" in text(client, "/my/applications/degree/withdraw/", {"seen": "1"})
    assert Case.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("at", "is_open"), [("2021-06-21 23:59", True), ("2021-06-21 24:00", False), ("2021-06-22 00:01", False)]
)
def test_the_window_closes_at_its_moment(people: People, settings: Settings, at: str, is_open: bool) -> None:
    play_at(settings, moment(at))
    page = text(signed_in(people.student), DEGREE, {"seen": "0", "effect": PETS})
    assert ("已提交学位申请" in page, "已过截止时间" in page) == (is_open, not is_open)


def test_who_gets_no_bachelor_reads_why(people: People) -> None:
    client = signed_in(people.other_student)
    assert "只有本科毕业生可以申请学士学位" in text(client, DEGREE)
    assert "这一通道没有对该生开放" in text(client, DEGREE, {"seen": "0", "effect": PETS})
    assert 'href="/my/degree/"' not in text(client, "/my/")

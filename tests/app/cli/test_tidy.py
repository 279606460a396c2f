"""biye tidy: numbers first; what is published, newest, compared with or waited for stays; the rest leaves its counts."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from biye.audit.actions.begin import begin_rehearsal
from biye.audit.actions.clearing import clear_run
from biye.audit.actions.publications import prepare_publication
from biye.audit.actions.rules import draft_rules
from biye.audit.actions.run_audit import run_audit
from biye.audit.models.run import Outcome, Run
from biye.audit.queries.clearing import runs_to_clear
from biye.foundation.errors import Refused
from biye.machinery.ledger.models.entry import Entry
from tests.app.cli.conftest import Biye
from tests.audited_school import NOW, OFFICER, AuditedSchool, audited_school
from tests.pages.people import play_at, populate, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
KEEP = timedelta(days=365)
STUDENTS = 30


@pytest.fixture
def school(tmp_path: Path) -> AuditedSchool:
    """Five audits of everybody, a day apart."""
    school = audited_school(tmp_path, STUDENTS)
    for days in range(1, 5):
        at = NOW + days * DAY
        run_audit(school.rules.pk, by=OFFICER.actor, at=at, now=at)
    return school


def runs() -> list[Run]:
    return list(Run.objects.order_by("id"))


def kept() -> dict[int, int]:
    return {run.pk: Outcome.objects.filter(run_id=run.pk).count() for run in runs()}


@pytest.mark.parametrize(
    ("later", "cleared"),
    [
        (KEEP, 0),
        (KEEP + timedelta(seconds=1), 1),
        (KEEP + DAY, 1),
        (KEEP + DAY + timedelta(seconds=1), 2),
        (2 * KEEP, 4),
    ],
)
def test_the_newest_stays_and_the_others_go_once_they_are_old(
    school: AuditedSchool, later: timedelta, cleared: int
) -> None:
    assert [run.pk for run in runs_to_clear(KEEP, NOW + later)] == [run.pk for run in runs()[:cleared]]


def test_what_is_needed_stays(school: AuditedSchool, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    first, published, base, tried_against, newest = runs()
    prepare_publication(published.pk, by=OFFICER, at=NOW)
    Run.objects.filter(pk=newest.pk).update(base=base)
    draft = draft_rules(school.season_id, school.rules.files, note="试", by=OFFICER.actor, at=NOW)
    job = begin_rehearsal(draft.pk, by=OFFICER, at=NOW)
    job.arguments["base_id"] = tried_against.pk
    job.save()
    late = NOW + 500 * DAY
    assert [run.pk for run in runs_to_clear(KEEP, late)] == [first.pk]
    for run in (published, base, tried_against, newest):
        with pytest.raises(Refused, match="run_is_needed"):
            clear_run(run.pk, keep=KEEP, by=OFFICER.actor, at=late)
    assert set(kept().values()) == {kept()[first.pk]}
    job.delete()
    assert [run.pk for run in runs_to_clear(KEEP, late)] == [first.pk, tried_against.pk]


def test_numbers_come_first_and_the_run_keeps_its_own(school: AuditedSchool, biye: Biye, settings: Settings) -> None:
    play_at(settings, NOW + 500 * DAY)
    before, first = kept(), runs()[0]
    students = first.students
    looked = biye("tidy")
    assert looked.stdout.splitlines()[0] == f"{first.season.label} 2022-06-13 20:00 预审，{students} 名学生的明细"
    said = f"365 天以前的审查，可以清理 4 次，共 {4 * students} 行明细；加 --yes 才会清理"
    assert (looked.exit_code, looked.stdout.splitlines()[-1]) == (0, said)
    assert kept() == before
    done = biye("tidy", "--yes")
    assert done.stdout.splitlines()[-1] == f"365 天以前的审查，已清理 4 次，共 {4 * students} 行明细"
    assert list(kept().values()) == [0, 0, 0, 0, students]
    assert [run.state for run in runs()] == ["cleared"] * 4 + ["done"]
    entries = Entry.objects.filter(action="clear_run").order_by("id")
    assert [entry.subject for entry in entries] == [f"run:{run.pk}" for run in runs()[:4]]
    assert biye("tidy", "--yes").stdout == "365 天以前的审查，已清理 0 次，共 0 行明细\n"
    assert biye("tidy", "--days", "1").stdout == "1 天以前的审查，可以清理 0 次，共 0 行明细\n"


def test_the_page_of_a_cleared_run_still_says_how_many(school: AuditedSchool) -> None:
    first = runs()[0]
    clear_run(first.pk, keep=KEEP, by=OFFICER.actor, at=NOW + 500 * DAY)
    college = signed_in(populate().college)
    page = college.get(f"/college/runs/{first.pk}/").content.decode()
    assert "逐人明细已清理，只留下人数。" in page
    for label, count in first.counts["conclusions"].items():
        if label not in ("undecided", "several"):
            assert f'<span>{label}</span><span class="strong">{count} 人</span>' in page
    assert college.get(f"/college/runs/{first.pk}/difference/").status_code == 404

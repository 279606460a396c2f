"""将要毕业的学生: whom nothing but the photo keeps back are exactly those whom an audit lets graduate once every photo is there."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from biye.audit.actions.rules import adopt_rules
from biye.audit.actions.run_audit import run_audit
from biye.audit.core.loading import load_season
from biye.audit.core.sample.invention import invent
from biye.audit.models.run import Outcome, Run
from biye.audit.queries.graduating import graduating_but_for_photo
from biye.audit.queries.results import favourable_rows
from biye.cli.sample import write
from biye.foundation.moments import moment
from biye.foundation.verdicts import Truth, Verdict
from biye.records.actions.imports import accept_import, preview_import, receive_import
from biye.records.models.facts import ChsiPhoto
from biye.records.models.student import Student
from biye.seasons.actions.seasons import open_season
from biye.seasons.core.folder import SHIPPED
from biye.seasons.queries.imports import sheet_settings
from tests.audited_school import OFFICER

SCHOOL, STEM, STUDENTS = "cslg-adult", "2021-summer", 120
AT = moment("2021-06-10 09:00")


@pytest.fixture
def run(transactional_db: None, settings: LazySettings, tmp_path: Path) -> Run:
    """A school whose conclusions hang on the photo, with invented students who lack this and that."""
    settings.SCHOOL_FOLDER = SHIPPED / SCHOOL
    write(tmp_path, invent(load_season(SCHOOL, STEM), STUDENTS, 11))
    files = [(file.name, file.read_bytes()) for file in sorted(tmp_path.iterdir())]
    batch = receive_import(files=files, choices={}, by=OFFICER.actor, at=AT)
    preview_import(batch.pk, settings=sheet_settings(), by=OFFICER.actor, at=AT)
    accept_import(batch.pk, settings=sheet_settings(), include_asked=True, by=OFFICER.actor, at=AT)
    rules = adopt_rules(open_season(stem=STEM, by=OFFICER.actor, at=AT), SHIPPED / SCHOOL, by=OFFICER.actor, at=AT)
    # Most of them have no photo yet, as it is in May.
    ChsiPhoto.objects.filter(student_id__in=Student.objects.values_list("pk")[: STUDENTS // 2]).update(
        at_chsi=False, specification=Verdict.UNKNOWN
    )
    return run_audit(rules.pk, by=OFFICER.actor, at=AT, now=AT)


def favourable(run: Run) -> set[int]:
    found = Outcome.objects.filter(run_id=run.pk, candidate=Truth.TRUE, conclusion__in=favourable_rows(run))
    return set(found.values_list("student_id", flat=True))


def test_they_are_those_whom_an_audit_with_every_photo_there_lets_graduate(run: Run) -> None:
    expected = set(graduating_but_for_photo(OFFICER, run))
    before = favourable(run)
    have = set(ChsiPhoto.objects.values_list("student_id", flat=True))
    everybody = Student.objects.values_list("pk", flat=True)
    ChsiPhoto.objects.bulk_create(ChsiPhoto(student_id=one) for one in everybody if one not in have)
    ChsiPhoto.objects.update(at_chsi=True, at_chsi_since=None, specification=Verdict.MET)
    later = AT + timedelta(hours=1)
    after = favourable(run_audit(run.rules_id, by=OFFICER.actor, at=later, now=later))
    assert expected == after
    # The test would say nothing if the photo had kept nobody back, or nothing but the photo anybody.
    assert before < after
    assert len(after) < Outcome.objects.filter(run_id=run.pk, candidate=Truth.TRUE).count()

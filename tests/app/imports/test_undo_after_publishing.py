"""An import on which conclusions were published is not taken back; before, and after they are withdrawn, it is."""

from datetime import datetime, timedelta

import pytest

from biye.audit.models.publication import Publication
from biye.audit.models.run import Rules, Run
from biye.foundation.actor import SYSTEM
from biye.foundation.errors import Refused
from biye.foundation.moments import CHINA
from biye.machinery.exchange.models.batch import ImportBatch
from biye.records.actions.import_undoing import undo_import
from biye.records.actions.imports import accept_import, preview_import, receive_import
from biye.records.core.sheets.settings import SheetSettings
from biye.seasons.models.season import Season
from tests.workbooks import school_files

pytestmark = pytest.mark.django_db
AT = datetime(2022, 5, 1, 9, 0, tzinfo=CHINA)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def batch() -> ImportBatch:
    received = receive_import(files=school_files(), choices={}, by=SYSTEM, at=AT)
    preview_import(received.pk, settings=SheetSettings(), by=SYSTEM, at=AT)
    return accept_import(received.pk, settings=SheetSettings(), include_asked=False, by=SYSTEM, at=AT)


def published(at: datetime, state: str = "released") -> None:
    season = Season.objects.create(stem="2022-autumn", label="2022秋季", term=4045, opened_at=AT)
    rules = Rules.objects.create(season=season, number=1, files={}, created_at=AT)
    run = Run.objects.create(season=season, rules=rules, at=AT, snapshot_at=AT)
    Publication.objects.create(run=run, number=1, state=state, released_at=at)


@pytest.mark.parametrize(
    ("after", "state", "reasons"),
    [
        (-MINUTE, "released", []),
        (timedelta(), "released", ["import_concluded"]),
        (MINUTE, "released", ["import_concluded"]),
        (MINUTE, "withdrawn", []),
        (MINUTE, "preparing", []),
    ],
)
def test_published_conclusions_hold_an_import(
    batch: ImportBatch, after: timedelta, state: str, reasons: list[str]
) -> None:
    published(AT + after, state)
    try:
        undo_import(batch.pk, reason="传错了", by=SYSTEM, at=AT + 2 * MINUTE)
        found = []
    except Refused as refused:
        found = [reason.code for reason in refused.reasons]
    assert found == reasons

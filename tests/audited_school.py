"""一所审查过的学校: invented students, imported and audited through the real actions, for tests that need a finished run."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from biye.accounts.core.asker import Asker
from biye.accounts.core.roles import Role
from biye.audit.actions.rules import adopt_rules
from biye.audit.actions.run_audit import run_audit
from biye.audit.core.loading import load_season
from biye.audit.core.sample.invention import invent
from biye.audit.models.run import Rules, Run
from biye.cli.sample import write
from biye.records.actions.imports import accept_import, preview_import, receive_import
from biye.records.models.centre import Centre
from biye.seasons.actions.seasons import open_season
from biye.seasons.core.folder import SHIPPED
from biye.seasons.queries.imports import sheet_settings

NOW = datetime(2022, 6, 13, 12, tzinfo=UTC)
BEFORE = NOW - timedelta(hours=1)
LATER = NOW + timedelta(hours=1)
OFFICER = Asker(1, "赵老师", Role.COLLEGE, 1)


@dataclass(frozen=True, slots=True)
class AuditedSchool:
    """A season of tju-online with its rules in force and one finished audit."""

    season_id: int
    rules: Rules
    run: Run

    def teacher(self, place: int = 0) -> Asker:
        """A teacher of one of the centres."""
        return Asker(2, "王老师", Role.CENTRE, 2, centre_id=Centre.objects.order_by("id")[place].pk)

    def audit_again(self, at: datetime = LATER) -> Run:
        """Another finished audit, of whoever changed."""
        return run_audit(self.rules.pk, by=OFFICER.actor, at=at, now=at, base_id=self.run.pk)


def audited_school(folder: Path, students: int = 80, seed: int = 7) -> AuditedSchool:
    """Invent, import, open the season, audit. Needs a test with transactions of its own."""
    write(folder, invent(load_season("tju-online", "2022-autumn"), students, seed))
    files = [(file.name, file.read_bytes()) for file in sorted(folder.iterdir())]
    batch = receive_import(files=files, choices={}, by=OFFICER.actor, at=BEFORE)
    preview_import(batch.pk, settings=sheet_settings(), by=OFFICER.actor, at=BEFORE)
    accept_import(batch.pk, settings=sheet_settings(), include_asked=True, by=OFFICER.actor, at=BEFORE)
    season_id = open_season(stem="2022-autumn", by=OFFICER.actor, at=NOW)
    rules = adopt_rules(season_id, SHIPPED / "tju-online", by=OFFICER.actor, at=NOW)
    run = run_audit(rules.pk, by=OFFICER.actor, at=NOW, now=NOW)
    return AuditedSchool(season_id, rules, run)

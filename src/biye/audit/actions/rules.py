"""审查规则: take the school's files into force, draft a change of them, put a draft into force."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from biye.audit.models.run import Rules
from biye.audit.queries.rules import in_force, publishable, read_files, season_files
from biye.foundation.actor import Actor
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import record
from biye.seasons.models.season import Season


def adopt_rules(season_id: int, folder: Path, *, by: Actor, at: datetime) -> Rules:
    """采用学校文件: the school folder as it stands comes into force; nothing changes where it is in force already.

    Raises SchoolRefused with every trouble, failing cases among them.
    """
    files = season_files(folder, Season.objects.get(id=season_id).stem)
    current = in_force(season_id)
    if current is not None and current.files == files:
        return current
    return _keep(season_id, files, by=by, at=at, note="", is_draft=False)


def draft_rules(season_id: int, files: dict[str, str], *, note: str, by: Actor, at: datetime) -> Rules:
    """起草: a changed version, to be rehearsed. Raises SchoolRefused with every trouble; its cases need not hold yet."""
    return _keep(season_id, files, by=by, at=at, note=note, is_draft=True)


def approve_rules(rules_id: int, *, reason: str, by: Actor, at: datetime) -> Rules:
    """批准: a draft comes into force under the next number. Raises SchoolRefused while a case of its fails."""
    if not reason.strip():
        raise Refused(Reason("reason_needed"))
    with transaction.atomic():
        rules = Rules.objects.select_for_update().select_related("season").get(id=rules_id)
        if not rules.is_draft:
            raise Refused(Reason("rules_in_force"))
        publishable(rules.files, rules.season.stem)
        previous = in_force(rules.season_id)
        rules.is_draft, rules.number = False, _next_number(rules.season_id)
        rules.save(update_fields=("is_draft", "number"))
        record(
            by=by,
            at=at,
            action="approve_rules",
            subject=f"rules:{rules.season.stem}:{rules.number}",
            before=previous and {"number": previous.number, "digest": previous.digest},
            after={"number": rules.number, "digest": rules.digest},
            reason=reason,
        )
    return rules


def _keep(season_id: int, files: dict[str, str], *, by: Actor, at: datetime, note: str, is_draft: bool) -> Rules:
    season = Season.objects.get(id=season_id)
    # A draft is there to be rehearsed, and may break the cases that say how things are now; in force it must not.
    loaded = read_files(files, season.stem) if is_draft else publishable(files, season.stem)
    with transaction.atomic():
        # Two people who keep a version at the same time get two numbers.
        Season.objects.select_for_update().get(id=season_id)
        rules = Rules.objects.create(
            season=season,
            number=_next_number(season_id),
            digest=loaded.rulebook_hash,
            files=files,
            is_draft=is_draft,
            note=note,
            created_at=at,
            created_by_name=by.name,
        )
        record(
            by=by,
            at=at,
            action="draft_rules" if is_draft else "adopt_rules",
            subject=f"rules:{season.stem}:{rules.number}",
            after={"number": rules.number, "digest": rules.digest},
            reason=note,
        )
    return rules


def _next_number(season_id: int) -> int:
    return (Rules.objects.filter(season_id=season_id).aggregate(last=Max("number"))["last"] or 0) + 1

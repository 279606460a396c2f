"""发起审查、试算、准备公布: ask for the work; it is done in the background."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.audit.actions.rules import adopt_rules
from biye.audit.models.run import Rules, Run
from biye.audit.queries.rules import in_force
from biye.foundation.errors import Reason, Refused
from biye.machinery.jobs.actions.submit import submit
from biye.machinery.jobs.models.job import Job
from biye.seasons.models.season import Season


def begin_audit(season_id: int, *, only_changed: bool, by: Asker, at: datetime) -> Job:
    """发起审查 by the rules in force; a season's first audit takes the school's files into force.

    `only_changed`: whoever did not change since the newest audit keeps their outcome, where that is sure to be right.
    """
    _need(by, Permission.RUN_AUDIT)
    season = Season.objects.get(id=season_id)
    rules = in_force(season_id) or adopt_rules(season_id, Path(settings.SCHOOL_FOLDER), by=by.actor, at=at)
    base = _newest(season_id) if only_changed else None
    arguments = {"rules_id": rules.id, "base_id": base.id if base else None, "at": at.isoformat()}
    with transaction.atomic():
        # Two officers, or one who clicks twice, get one audit.
        Season.objects.select_for_update().get(id=season_id)
        open_ = Job.objects.filter(kind="run_audit", state__in=(Job.State.WAITING, Job.State.RUNNING))
        same = open_.filter(arguments__rules_id=rules.id, cancel_requested=False).first()
        return same or submit(kind="run_audit", about=season.label, arguments=arguments, by=by.actor, at=at)


def begin_rehearsal(rules_id: int, *, by: Asker, at: datetime) -> Job:
    """发起试算: everybody by other rules, at the moment that the newest audit asked about, to be compared with it."""
    _need(by, Permission.REHEARSE_RULES)
    rules = Rules.objects.select_related("season").get(id=rules_id)
    base = _newest(rules.season_id)
    if base is None:
        raise Refused(Reason("nothing_to_compare_with"))
    about = f"{rules.season.label} v{rules.number}"
    arguments = {"rules_id": rules.id, "base_id": base.id, "at": base.at.isoformat()}
    return submit(kind="rehearse_rules", about=about, arguments=arguments, by=by.actor, at=at)


def begin_publication(run_id: int, *, by: Asker, at: datetime) -> Job:
    """发起准备公布."""
    _need(by, Permission.PUBLISH)
    run = Run.objects.select_related("season").get(id=run_id)
    return submit(kind="prepare_publication", about=run.season.label, arguments={"run_id": run.id}, by=by.actor, at=at)


def _newest(season_id: int) -> Run | None:
    done = Run.objects.filter(season_id=season_id, purpose=Run.Purpose.TRIAL, state=Run.State.DONE)
    return done.order_by("-id").first()


def _need(by: Asker, permission: Permission) -> None:
    if not by.may(permission):
        raise Refused(Reason("no_permission"))

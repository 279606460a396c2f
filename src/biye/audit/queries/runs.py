"""各次审查: the audits and rehearsals of a season, what their rules are called, and whether they are still up to date."""

from datetime import datetime

from django.db.models import Q

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.audit.models.override import Override
from biye.audit.models.run import Rules, Run
from biye.audit.queries.rules import read_rules
from biye.records.models.facts import FactChange

LISTED = 50


def rule_labels(run: Run) -> list[str]:
    """审查项目 in rule order; a list's filter and a heat map's columns."""
    return [rule.label for rule in read_rules(run.rules).programme.rules]


def run_by_id(asker: Asker, run_id: int) -> Run | None:
    """One audit or rehearsal, for whoever may run them."""
    if not asker.may(Permission.RUN_AUDIT):
        return None
    return Run.objects.select_related("season", "rules", "rules__season").filter(pk=run_id).first()


def audits(asker: Asker, season_id: int) -> list[Run]:
    """The newest audits, unfinished ones among them."""
    return _listed(asker, Q(season_id=season_id, purpose=Run.Purpose.TRIAL))


def rehearsals(asker: Asker, rules: Rules) -> list[Run]:
    """What a draft was tried out in."""
    return _listed(asker, Q(rules=rules, purpose=Run.Purpose.REHEARSAL))


def bases_of(asker: Asker, run: Run) -> list[Run]:
    """可以比较的审查: the newest finished audits of the same season that are other than this one."""
    return _listed(asker, Q(season_id=run.season_id, purpose=Run.Purpose.TRIAL, state=Run.State.DONE) & ~Q(pk=run.pk))


def changed_students(asker: Asker, run: Run, at: datetime) -> int:
    """How many students' facts changed after the run looked at them, or lost an override since."""
    if not asker.may(Permission.RUN_AUDIT):
        return 0
    changed = set(FactChange.objects.filter(at__gt=run.snapshot_at).values_list("student_id", flat=True).distinct())
    expired = Override.objects.filter(season_id=run.season_id, withdrawn_at=None, expires_at__gt=run.at)
    return len(changed.union(expired.filter(expires_at__lte=at).values_list("student_id", flat=True)))


def _listed(asker: Asker, which: Q) -> list[Run]:
    if not asker.may(Permission.RUN_AUDIT):
        return []
    return list(Run.objects.filter(which).select_related("season", "rules", "rules__season").order_by("-id")[:LISTED])

"""清理旧审查: the outcomes of a run that nobody will ask for go; what it was, by what, and its counts stay."""

from datetime import datetime, timedelta

from django.db import transaction

from biye.audit.models.run import Outcome, Run
from biye.audit.queries.clearing import runs_to_clear
from biye.foundation.actor import Actor
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import hold, record


@transaction.atomic
def clear_run(run_id: int, *, keep: timedelta, by: Actor, at: datetime) -> int:
    """清理 one run; gives how many outcomes went. Refused where it is needed, or has become needed since one looked."""
    hold()  # so that no publication and no job comes to need it meanwhile
    run = next((one for one in runs_to_clear(keep, at) if one.pk == run_id), None)
    if run is None:
        raise Refused(Reason("run_is_needed", {"run": run_id}))
    removed, _ = Outcome.objects.filter(run_id=run.pk).delete()
    Run.objects.filter(pk=run.pk).update(state=Run.State.CLEARED)
    record(
        by=by,
        at=at,
        action="clear_run",
        subject=f"run:{run.pk}",
        before={"season": run.season.stem, "digest": run.digest, "students": run.students},
        after={"students": 0},
    )
    return removed

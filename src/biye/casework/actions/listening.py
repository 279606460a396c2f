"""听取变动: what students are shown has changed; signatures under what is no longer so lapse, at once or by a job."""

from biye.casework.actions.lapsing import lapse_changed
from biye.casework.core.words import Kind
from biye.casework.models.case import Case
from biye.machinery.jobs.actions.submit import submit
from biye.records.actions.shown_changes import Change, listen

AT_ONCE = 1000
"""So many students are looked through within the change itself, in a few queries; more are left to the background."""
_BOUND = (Kind.RECORD_CHECK, Kind.SIGN_OFF)


@listen
def heard(change: Change) -> None:
    """Nothing where nobody concerned has signed anything."""
    cases = Case.objects.filter(kind__in=_BOUND).order_by()
    if change.season_id is not None:
        cases = cases.filter(season_id=change.season_id)
    few = change.students if change.students is not None and len(change.students) <= AT_ONCE else None
    if few is not None:
        cases = cases.filter(student_id__in=few)
    for season_id in sorted(set(cases.values_list("season_id", flat=True).distinct())):
        if few is not None:
            lapse_changed(season_id, few, at=change.at)
        else:
            submit(
                kind="lapse_signatures",
                arguments={"season_id": season_id, "at": change.at.isoformat()},
                by=change.by,
                at=change.at,
            )

"""预毕业学生: who the newest audit of a season found to be a candidate, for lists of other packages."""

from typing import Any

from django.db.models import QuerySet

from biye.accounts.core.asker import Asker
from biye.audit.queries.results import Filter, latest_run, outcomes_of


def candidate_ids(asker: Asker, season_id: int) -> QuerySet[Any, Any] | None:
    """Their ids, to be used inside another query; None while the season was not audited: then nobody is left out."""
    run = latest_run(asker, season_id)
    if run is None:
        return None
    return outcomes_of(asker, run, Filter(in_season=True)).order_by().values("student_id")

"""一名学生的说明: as a run found it, as it would be found now, and as it was published."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of
from biye.audit.core.engine import Programme
from biye.audit.core.explain.document import Document
from biye.audit.core.explain.explanation import Explainer
from biye.audit.core.explain.shapes import Explanation
from biye.audit.core.loading import LoadedSeason
from biye.audit.core.pipeline import Audited, gather
from biye.audit.core.storing import Stored, judged_of
from biye.audit.models.publication import Publication, PublishedConclusion
from biye.audit.models.run import Run
from biye.audit.queries.facts import explained_by
from biye.audit.queries.outcomes import stored_outcomes
from biye.audit.queries.rules import read_rules
from biye.machinery.columns.core.selecting import Who
from biye.machinery.columns.reading import here
from biye.records.models.facts import FactChange
from biye.records.queries.columns import load_tables


def explainer(run: Run, student_ids: Sequence[int]) -> Explainer:
    """What a run found of these students, with the facts as they are now for courses and fixes.

    Rows are in ascending id; students without an outcome in the run are left out.
    """
    loaded = read_rules(run.rules)
    programme = loaded.programme
    rows = stored_outcomes(run, student_ids, len(programme.rules), len(programme.books))
    return Explainer(loaded, _audited(run, loaded, rows), _overridden(programme, rows))


def explained(asker: Asker, run: Run, student_no: str) -> Explanation | None:
    """说明 of one student within the asker's scope, as a finished run found it; None where there is none."""
    student = students_of(asker).filter(student_no=student_no).values_list("id", flat=True).first()
    if student is None or run.state != Run.State.DONE:
        return None
    teller = explainer(run, [student])
    return teller.full(0) if len(teller.audited) else None


def changed_since_run(run: Run, student_id: int) -> datetime | None:
    """When the student's facts last changed after the run looked at them; None while they are as it saw them."""
    changes = FactChange.objects.filter(student_id=student_id, at__gt=run.snapshot_at)
    return changes.order_by("-at").values_list("at", flat=True).first()


def speaking(season_id: int) -> Publication | None:
    """现行公布: the newest released publication of a season."""
    released = Publication.objects.filter(run__season_id=season_id, state=Publication.State.RELEASED)
    return released.select_related("run", "run__season", "run__rules").order_by("-id").first()


def published(asker: Asker, season_id: int, student_no: str) -> tuple[Publication, Document] | None:
    """公布的结论 of one student within the asker's scope, in its own words."""
    publication = speaking(season_id)
    if publication is None:
        return None
    kept = PublishedConclusion.objects.filter(
        publication=publication, student__in=students_of(asker).filter(student_no=student_no)
    )
    found = kept.values_list("document", flat=True).first()
    return None if found is None else (publication, found)


def explanations(run: Run, student_ids: Sequence[int]) -> Iterator[tuple[int, Explanation]]:
    """说明 of several students with their ids, in ascending id."""
    teller = explainer(run, student_ids)
    for row, student_id in enumerate(teller.audited.population.tables.students.key.tolist()):
        yield student_id, teller.full(row)


def _audited(run: Run, loaded: LoadedSeason, rows: Stored) -> Audited:
    programme = loaded.programme
    who = Who(among=tuple(rows.student_id.tolist()))
    tables = load_tables(here(), explained_by(programme), who)
    return Audited(programme, gather(programme, loaded.frame(run.at), tables), judged_of(programme, rows))


def _overridden(programme: Programme, rows: Stored) -> frozenset[tuple[int, int]]:
    return frozenset(
        (rule, row)
        for rule in range(len(programme.rules))
        for row in np.flatnonzero(rows.overridden >> rule & 1).tolist()
    )

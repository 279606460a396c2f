"""更正公布: what one student was told is said anew after a correction; everybody else's words stay as released."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from biye.audit.core.explain.document import Document, document, fingerprint
from biye.audit.models.amendment import Amendment
from biye.audit.models.publication import PublishedConclusion
from biye.audit.models.run import Run
from biye.audit.queries.explained import explanations, speaking
from biye.foundation.actor import Actor
from biye.machinery.ledger.chain import record
from biye.records.actions.shown_changes import students_changed


@dataclass(frozen=True, slots=True)
class Amended:
    """更正前后: what the student had been told, and what an audit of the corrected facts says."""

    before: Document
    after: Document


def amend_conclusions(run: Run, reasons: Mapping[int, str], *, by: Actor, at: datetime) -> dict[int, Amended]:
    """更正公布 for these students (id → reason), as a finished run found them. Whoever was told nothing is left out.

    Rules that are in force but not yet published speak to nobody: nothing is amended when the run judged by others
    than the publication did.
    """
    publication = speaking(run.season_id)
    if publication is None or publication.run.rules_id != run.rules_id or run.state != Run.State.DONE:
        return {}
    said: dict[int, Amended] = {}
    with transaction.atomic():
        kept = publication.conclusions.select_for_update(of=("self",)).select_related("student")
        rows = {row.student_id: row for row in kept.filter(student__in=reasons)}
        for student_id, explanation in explanations(run, sorted(rows)):
            row, now = rows[student_id], document(explanation)
            said[student_id] = Amended(row.document, now)
            if fingerprint(now) != row.fingerprint:
                _amend(row, now, run, reasons[student_id], by, at)
        students_changed([one for one, words in said.items() if words.before != words.after], at=at, by=by)
    return said


def _amend(row: PublishedConclusion, now: Document, run: Run, reason: str, by: Actor, at: datetime) -> None:
    mark, before = fingerprint(now), row.fingerprint
    Amendment.objects.create(
        publication_id=row.publication_id,
        student_id=row.student_id,
        run=run,
        before=row.document,
        before_fingerprint=before,
        fingerprint=mark,
        reason=reason[:400],
        at=at,
    )
    mine = PublishedConclusion.objects.filter(publication_id=row.publication_id, student_id=row.student_id)
    mine.update(document=now, fingerprint=mark)
    record(
        by=by,
        at=at,
        action="conclusion.amended",
        subject=f"student:{row.student.student_no}",
        before={"digest": before},
        after={"digest": mark, "run": run.pk},
        reason=reason,
    )

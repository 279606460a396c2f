"""公布审查结论: prepare every student's document, look, release in one act, take back with a reason."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.audit.core.explain.document import document, fingerprint_of, written
from biye.audit.models.publication import Publication, PublishedConclusion
from biye.audit.models.run import Run
from biye.audit.queries.explained import explanations
from biye.audit.queries.publications import concerned
from biye.foundation.errors import Reason, Refused
from biye.machinery.exchange.bulk import insert_many
from biye.machinery.ledger.chain import record
from biye.records.actions.shown_changes import season_changed
from biye.records.models.facts import FactChange

CHUNK = 2000
Progress = Callable[[int, int, str], None]


def prepare_publication(
    run_id: int, *, by: Asker, at: datetime, progress: Progress = lambda done, total, message: None
) -> Publication:
    """准备公布: a document for everybody within the season's scope. Nobody but the office sees it before its release.

    Killed and started again, it goes on where it stopped. Refused: no_permission, run_not_done, run_is_rehearsal,
    facts_changed_since (re-audit first: a document must not show other facts than its conclusion rests on).
    """
    run = Run.objects.select_related("season", "rules", "rules__season").get(pk=run_id)
    _may_prepare(run, by)
    publication = _preparing(run, by, at)
    whom = concerned(run)
    total = whom.count()
    last = publication.conclusions.aggregate(last=Max("student_id"))["last"] or 0
    done = publication.conclusions.count()
    progress(done, total, "")
    while ids := list(
        whom.filter(student_id__gt=last).order_by("student_id").values_list("student_id", flat=True)[:CHUNK]
    ):
        texts = ((student_id, written(document(explanation))) for student_id, explanation in explanations(run, ids))
        rows = [(publication.pk, student_id, text, fingerprint_of(text)) for student_id, text in texts]
        with transaction.atomic():
            # In the writing that the fingerprint was taken of: nothing is put into words twice.
            insert_many(PublishedConclusion, ("publication_id", "student_id", "document", "fingerprint"), rows)
        last, done = ids[-1], done + len(ids)
        progress(done, total, "")
    Publication.objects.filter(pk=publication.pk).update(students=done)
    publication.students = done
    return publication


def release_publication(publication_id: int, *, by: Asker, at: datetime) -> Publication:
    """公布: in one act everybody is shown their conclusion; what was shown before no longer speaks.

    Refused: no_permission, not_prepared (still being prepared, or released or taken back already), facts_changed_since.
    """
    _need(by)
    with transaction.atomic():
        publication = (
            Publication.objects.select_for_update().select_related("run", "run__season").get(pk=publication_id)
        )
        expected = publication.conclusions.count()
        if publication.state != Publication.State.PREPARING or not publication.students == expected > 0:
            raise Refused(Reason("not_prepared"))
        _unchanged(publication.run)
        digest = sha256()
        rows = publication.conclusions.order_by("student_id").values_list("student_id", "fingerprint")
        for student_id, mark in rows.iterator(chunk_size=5000):
            digest.update(f"{student_id} {mark}\n".encode())
        publication.state, publication.digest = Publication.State.RELEASED, digest.hexdigest()
        publication.released_at, publication.released_by_name = at, by.name
        publication.save()
        record(
            by=by.actor,
            at=at,
            action="publication.released",
            subject=f"season:{publication.run.season.stem}",
            after={
                "number": publication.number,
                "run": publication.run_id,
                "students": publication.students,
                "digest": publication.digest,
            },
        )
        season_changed(publication.run.season_id, at=at, by=by.actor)
    return publication


def withdraw_publication(publication_id: int, *, reason: str, by: Asker, at: datetime) -> Publication:
    """收回公布: the release before it speaks again, if there is one. Refused: no_permission, reason_missing, not_released."""
    _need(by)
    if not reason.strip():
        raise Refused(Reason("reason_missing"))
    with transaction.atomic():
        publication = Publication.objects.select_for_update().select_related("run__season").get(pk=publication_id)
        if publication.state != Publication.State.RELEASED:
            raise Refused(Reason("not_released"))
        publication.state = Publication.State.WITHDRAWN
        publication.withdrawn_at, publication.reason = at, reason.strip()
        publication.save()
        record(
            by=by.actor,
            at=at,
            action="publication.withdrawn",
            subject=f"season:{publication.run.season.stem}",
            before={"number": publication.number, "digest": publication.digest},
            reason=publication.reason,
        )
        season_changed(publication.run.season_id, at=at, by=by.actor)
    return publication


def _need(by: Asker) -> None:
    if not by.may(Permission.PUBLISH):
        raise Refused(Reason("no_permission"))


def _may_prepare(run: Run, by: Asker) -> None:
    _need(by)
    if run.purpose == Run.Purpose.REHEARSAL:
        raise Refused(Reason("run_is_rehearsal"))
    if run.state != Run.State.DONE:
        raise Refused(Reason("run_not_done"))
    _unchanged(run)


def _unchanged(run: Run) -> None:
    changed = FactChange.objects.filter(at__gt=run.snapshot_at).values("student_id").distinct().count()
    if changed:
        raise Refused(Reason("facts_changed_since", {"students": changed}))


def _preparing(run: Run, by: Asker, at: datetime) -> Publication:
    """The publication that is being prepared of this run, or a new one under the next number."""
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run.pk)
        found = Publication.objects.filter(run=run, state=Publication.State.PREPARING).first()
        if found is not None:
            return found
        last = Publication.objects.filter(run__season_id=run.season_id).aggregate(last=Max("number"))["last"] or 0
        publication = Publication.objects.create(run=run, number=last + 1)
        record(
            by=by.actor,
            at=at,
            action="publication.prepared",
            subject=f"season:{run.season.stem}",
            after={"number": publication.number, "run": run.pk},
        )
    return publication

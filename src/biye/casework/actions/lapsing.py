"""签字失效: whoever signed something that is no longer so signs again, and is told what changed; once for one change."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from biye.audit.models.publication import PublishedConclusion
from biye.audit.queries.explained import speaking
from biye.casework.actions.acting import act_on_many
from biye.casework.actions.telling import Note, tell
from biye.casework.core import lapse_words
from biye.casework.core.closing import closing
from biye.casework.core.fields import changed_meanwhile
from biye.casework.core.settling import PUBLISHED
from biye.casework.core.showing import SHOWN, said_changes
from biye.casework.core.transitions import Clock
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, Step
from biye.casework.queries.record_sheets import sheet_of
from biye.casework.queries.shown_documents import kept_documents, shown_documents
from biye.foundation.actor import SYSTEM
from biye.records.models.student import Student
from biye.seasons.core.season import Season as SeasonFile
from biye.seasons.models.season import Season
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import season_file

MANY = 1000
MARKS = "marks"
"""In the form of a check of the record: field → mark of the value that was checked."""
CHANGED = "changed"
"""In the detail of a lapse: what changed, in sentences."""
_SIGNED = (State.SIGNED, State.SIGNED_ON_SITE, State.UPLOADED, State.DEEMED)
_CHECKED = (State.CONFIRMED, State.DEEMED)
_CONFIRMED = (State.CHECKED, State.APPROVED)
type Progress = Callable[[int, int, str], None]
type Stale = Mapping[int, Sequence[str]]  # case → what changed, in sentences


@dataclass(frozen=True, slots=True)
class Lapsed:
    """失效的结果: how many signatures, checks of the record and pre-confirmations no longer stand."""

    signatures: int
    records: int
    confirmations: int


def lapse_changed(
    season_id: int,
    student_ids: Collection[int] | None = None,
    *,
    at: datetime,
    progress: Progress = lambda done, total, message: None,
) -> Lapsed:
    """失效 of what no longer says what was signed, for these students or a whole season, a thousand in a few queries.

    Done again, or after a crash, it finds only what is left. Who has signed nothing is not concerned.
    """
    season = Season.objects.get(pk=season_id)
    file = season_file(season.stem)
    records = signatures = confirmations = 0
    for cases in _parts(season_id, Kind.RECORD_CHECK, _CHECKED, student_ids):
        with transaction.atomic():
            records += len(_lapse(cases, _stale_records(cases, file, at), season, file, at))
    total = _concerned(season_id, Kind.SIGN_OFF, _SIGNED, student_ids).count()
    done = 0
    for cases in _parts(season_id, Kind.SIGN_OFF, _SIGNED, student_ids):
        with transaction.atomic():
            stale = {**_stale_signatures(season_id, cases), **_stale_silence(season_id, cases)}
            students = _lapse(cases, stale, season, file, at)
            signatures += len(students)
            confirmations += _unconfirm(season_id, students, at)
        done += len(cases)
        progress(done, total, "")
    return Lapsed(signatures, records, confirmations)


def _concerned(season_id: int, kind: Kind, states: Sequence[State], ids: Collection[int] | None) -> QuerySet[Case]:
    found = Case.objects.filter(season_id=season_id, kind=kind, state__in=states)
    return found if ids is None else found.filter(student_id__in=ids)


def _parts(season_id: int, kind: Kind, states: Sequence[State], ids: Collection[int] | None) -> Iterator[list[Case]]:
    after = 0
    while cases := list(_concerned(season_id, kind, states, ids).filter(pk__gt=after).order_by("pk")[:MANY]):
        yield cases
        after = cases[-1].pk


def _stale_signatures(season_id: int, cases: Sequence[Case]) -> Stale:
    """Signatures under something else than what is shown now. A case without a fingerprint was signed under nothing."""
    steps = Step.objects.filter(case__in=cases, detail__has_key=SHOWN).exclude(event=Event.LAPSE)
    marks = {case: str(detail[SHOWN]) for case, detail in steps.order_by("number").values_list("case_id", "detail")}
    now = shown_documents(season_id, [case.student_id for case in cases if case.pk in marks])
    stale = [
        case
        for case in cases
        if case.pk in marks and (case.student_id not in now or now[case.student_id].mark != marks[case.pk])
    ]
    then = kept_documents(season_id, {case.student_id: marks[case.pk] for case in stale})
    found: dict[int, Sequence[str]] = {}
    for case in stale:
        if case.student_id not in now:
            found[case.pk] = (lapse_words.WITHDRAWN,)
        else:
            before = then.get(case.student_id)
            found[case.pk] = said_changes(before, now[case.student_id].document) if before is not None else ()
    return found


def _stale_silence(season_id: int, cases: Sequence[Case]) -> Stale:
    """Silence about a conclusion other than the one that is published now: nobody was silent about that."""
    publication = speaking(season_id)
    deemed = {case.pk: case.student_id for case in cases if case.state == State.DEEMED}
    if publication is None or not deemed:
        return {}
    steps = Step.objects.filter(case__in=list(deemed), event=Event.SETTLE, detail__has_key=PUBLISHED)
    marks = {case: detail[PUBLISHED] for case, detail in steps.order_by("number").values_list("case_id", "detail")}
    told = PublishedConclusion.objects.filter(publication=publication, student_id__in=list(deemed.values()))
    now = dict(told.values_list("student_id", "fingerprint"))
    return {case: () for case, mark in marks.items() if now.get(deemed[case]) != mark}


def _stale_records(cases: Sequence[Case], file: SeasonFile, at: datetime) -> Stale:
    """Records that no longer say what was checked field by field."""
    checked = {case.student_id: case for case in cases if case.form.get(MARKS)}
    rows = Student.objects.filter(id__in=list(checked)).select_related("centre", "chsi_photo", "personal")
    today = at.astimezone(school().zone).date()
    found: dict[int, Sequence[str]] = {}
    for row in rows:
        case = checked[row.pk]
        if moved := changed_meanwhile(sheet_of(row, file, today).lines, case.form[MARKS]):
            found[case.pk] = tuple(f"学籍信息「{label}」已更改" for label in moved)
    return found


def _lapse(cases: Sequence[Case], stale: Stale, season: Season, file: SeasonFile, at: datetime) -> list[int]:
    """Lapse them and tell their students; ids of those students."""
    if not stale:
        return []
    kind = Kind(cases[0].kind)
    is_record = kind is Kind.RECORD_CHECK
    reason = lapse_words.RECORD_REASON if is_record else lapse_words.REASON
    details = {case.student_id: {CHANGED: list(stale[case.pk])} for case in cases if case.pk in stale}
    moved = set(act_on_many(list(stale), Event.LAPSE, by=SYSTEM, at=at, reason=reason, details=details).moved)
    deadline = closing(file, kind).get(Clock.WINDOW)
    still = deadline if deadline is not None and at < deadline else None
    those = [case for case in cases if case.pk in moved]
    notes = [
        Note(
            student_id=case.student_id,
            title=lapse_words.RECORD_TITLE if is_record else lapse_words.SIGN_TITLE,
            text=lapse_words.told(stale[case.pk]),
            task=kind.value,
            consequence=lapse_words.CONSEQUENCE if still is not None else "",
            deadline=still,
        )
        for case in those
    ]
    tell(season_id=season.pk, notes=notes, by=SYSTEM, at=at)
    return [case.student_id for case in those]


def _unconfirm(season_id: int, students: Sequence[int], at: datetime) -> int:
    """A pre-confirmation rested on the signature; the locked list stays as it is."""
    confirmed = _concerned(season_id, Kind.PRE_CONFIRMATION, _CONFIRMED, students)
    ids = list(confirmed.values_list("id", flat=True)) if students else []
    if not ids:
        return 0
    return len(act_on_many(ids, Event.LAPSE, by=SYSTEM, at=at, reason=lapse_words.REASON).moved)

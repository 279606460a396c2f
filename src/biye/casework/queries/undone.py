"""未办的人: what students of a season have left undone, for one or a hundred thousand; a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Model, QuerySet

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import within
from biye.audit.models.run import Outcome, Run
from biye.audit.queries.explained import speaking
from biye.audit.queries.rules import read_rules
from biye.casework.core.reminding import Undone
from biye.casework.core.undone import PHOTO, Facts, Steps, matters, undone
from biye.casework.models.case import Case
from biye.foundation.verdicts import Truth
from biye.photos.core.states import Known, Review, state_of
from biye.photos.core.states import State as PhotoState
from biye.records.models.facts import ChsiPhoto
from biye.seasons.core.season import Season
from biye.seasons.queries.schools import school

WITH_THE_STUDENT = (PhotoState.NOT_CAPTURED, PhotoState.INCONSISTENT)


def left_undone(
    asker: Asker | None, season_id: int, season: Season, student_ids: Collection[int] | None = None
) -> list[Undone]:
    """Candidates of a season with what they have left undone, by id; those named, or all in scope. None: the system asks.

    Candidates are those of the published audit, or of the newest where nothing is published yet.
    """
    publication = speaking(season_id)
    run = publication.run if publication is not None else _newest(season_id)
    if run is None:
        return []
    conclusions = [row.give for row in next(iter(read_rules(run.rules).programme.books.values())).conclusions]

    def scoped[M: Model](found: QuerySet[M]) -> QuerySet[M]:
        found = found if student_ids is None else found.filter(student_id__in=student_ids)
        return found if asker is None else within(asker, found)

    outcomes = scoped(Outcome.objects.filter(run_id=run.pk).exclude(candidate=Truth.FALSE))
    steps = _steps(scoped(Case.objects.filter(season_id=season_id)).values_list("student_id", "kind", "state"))
    photos = _open_photos(scoped(ChsiPhoto.objects.all())) if PHOTO in season.tasks else frozenset()
    known, alike, nothing = matters(season), dict[Facts, Undone](), frozenset[tuple[str, str]]()
    found = []
    for student, given in outcomes.order_by("student_id").values_list("student_id", "conclusion"):
        conclusion = conclusions[given] if publication is not None and given >= 0 else ""
        facts = Facts(steps.get(student, nothing), publication is not None, conclusion, student in photos)
        # A hundred thousand students stand in a few hundred ways.
        if facts not in alike:
            alike[facts] = undone(student, season, known, facts)
        like = alike[facts]
        found.append(Undone(student, like.undone, like.fixable))
    return found


def _newest(season_id: int) -> Run | None:
    done = Run.objects.filter(season_id=season_id, purpose=Run.Purpose.TRIAL, state=Run.State.DONE)
    return done.select_related("rules", "rules__season").order_by("-id").first()


def _steps(rows: Iterable[tuple[int, str, str]]) -> dict[int, Steps]:
    """Each student's cases; equal sets are one."""
    found: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for student, kind, state in rows:
        found[student].add((kind, state))
    shared: dict[Steps, Steps] = {}
    return {student: shared.setdefault(frozenset(steps), frozenset(steps)) for student, steps in found.items()}


def _open_photos(rows: QuerySet[ChsiPhoto]) -> frozenset[int]:
    """Whose photo waits for the student: not taken yet, or its comparison failed."""
    words = school().photo.comparison
    handling = "student__photo_handling__"
    waiting = rows.exclude(comparison__in=words.passed).values_list(
        "student_id", "at_chsi", "comparison", f"{handling}capturing_since", f"{handling}review"
    )
    return frozenset(
        student
        for student, at_chsi, comparison, since, review in waiting
        if state_of(Known(at_chsi, comparison, since is not None, Review(review) if review else None), words)
        in WITH_THE_STUDENT
    )

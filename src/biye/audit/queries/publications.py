"""各版公布: what is being prepared, what speaks, what was taken back."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.audit.core.explain.document import explanation
from biye.audit.core.explain.shapes import Explanation
from biye.audit.models.publication import Publication, PublishedConclusion
from biye.audit.models.run import Outcome, Run
from biye.audit.queries.differences import NOT_CANDIDATE
from biye.audit.queries.results import conclusion_labels
from biye.foundation.verdicts import Truth


@dataclass(frozen=True, slots=True)
class Sample:
    """样例: one of the students who are told the same conclusion."""

    label: str
    students: int
    student_no: str


def concerned(run: Run) -> QuerySet[Outcome]:
    """Whom a publication of this run speaks to: everybody within the season's scope, whether they can graduate or not."""
    return Outcome.objects.filter(run_id=run.pk).filter(~Q(candidate=Truth.FALSE) | Q(inside=Truth.TRUE))


def publications(asker: Asker, season_id: int) -> list[Publication]:
    """Every publication of a season, newest first."""
    if not asker.may(Permission.PUBLISH):
        return []
    return list(Publication.objects.filter(run__season_id=season_id).select_related("run", "run__season"))


def publication_by_id(asker: Asker, publication_id: int) -> Publication | None:
    """One publication."""
    if not asker.may(Permission.PUBLISH):
        return None
    found = Publication.objects.select_related("run", "run__season", "run__rules", "run__rules__season")
    return found.filter(pk=publication_id).first()


def kept_documents(asker: Asker, publication: Publication) -> int:
    """How many students' documents are written already."""
    return publication.conclusions.count() if asker.may(Permission.PUBLISH) else 0


def prepared_for(asker: Asker, publication: Publication, student_no: str) -> Explanation | None:
    """What one student would be shown, or is."""
    if not asker.may(Permission.PUBLISH):
        return None
    kept = PublishedConclusion.objects.filter(publication=publication, student__student_no=student_no)
    found = kept.values_list("document", flat=True).first()
    return explanation(found) if found is not None else None


def samples(asker: Asker, publication: Publication) -> list[Sample]:
    """One student of every conclusion whose document is written already, the most frequent conclusion first."""
    if not asker.may(Permission.PUBLISH):
        return []
    groups: dict[str, tuple[int, int]] = {}
    labels = conclusion_labels(publication.run)
    found = concerned(publication.run).order_by().values_list("candidate", "conclusion")
    for candidate, conclusion, students, first in found.annotate(Count("student_id"), Min("student_id")):
        label = NOT_CANDIDATE if candidate == Truth.FALSE else labels[conclusion]
        before, earlier = groups.get(label, (0, first))
        groups[label] = before + students, min(earlier, first)
    # Documents are written in ascending id: where the first one of a group is not there, none is.
    kept = publication.conclusions.filter(student_id__in=[first for _, first in groups.values()])
    numbers = dict(kept.values_list("student_id", "student__student_no"))
    listed = [
        Sample(label, students, numbers[first]) for label, (students, first) in groups.items() if first in numbers
    ]
    return sorted(listed, key=lambda one: (-one.students, one.label))

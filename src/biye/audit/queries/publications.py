"""各版公布: what is being prepared, what speaks, what was taken back."""

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.audit.core.explain.document import explanation
from biye.audit.core.explain.shapes import Explanation
from biye.audit.models.publication import Publication, PublishedConclusion


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

"""已公布的结论不容抽底: an import on which conclusions were published is no longer taken back as a whole."""

from biye.audit.models.publication import Publication
from biye.foundation.errors import Reason
from biye.machinery.exchange.models.batch import ImportBatch
from biye.records.actions.undo_guards import guard


@guard
def concluded_since(batch: ImportBatch) -> Reason | None:
    """The newest standing publication that is later than the import."""
    standing = Publication.objects.filter(state=Publication.State.RELEASED, released_at__gte=batch.accepted_at)
    found = standing.select_related("run__season").first()
    return Reason("import_concluded", {"publication": str(found)}) if found else None

"""毕业批次: open a round of graduation."""

from datetime import datetime

from django.db import transaction

from biye.foundation.actor import Actor
from biye.foundation.errors import Reason, Refused
from biye.machinery.ledger.chain import record
from biye.seasons.models.season import Season
from biye.seasons.queries.schools import stems
from biye.seasons.queries.seasons import season_file


def open_season(*, stem: str, by: Actor, at: datetime) -> int:
    """新建毕业批次 from the school's season file; gives its id. Raises SchoolRefused where the file is not as it should be."""
    if stem not in stems():
        raise Refused(Reason("season_unknown", {"stem": stem}))
    file = season_file(stem)
    with transaction.atomic():
        season, is_new = Season.objects.get_or_create(
            stem=stem, defaults={"label": file.title, "term": file.term, "opened_at": at}
        )
        if not is_new:
            raise Refused(Reason("season_open", {"label": season.label}))
        record(by=by, at=at, action="open_season", subject=f"season:{stem}", after={"label": season.label})
    return season.pk

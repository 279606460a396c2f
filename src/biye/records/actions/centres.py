"""学习中心: how each can be reached."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from biye.foundation.actor import Actor
from biye.machinery.ledger.chain import record
from biye.records.models.centre import Centre


def give_centre_telephones(telephones: Mapping[str, str], *, by: Actor, at: datetime) -> int:
    """登记学习中心电话 by the centre's name; centres nobody knows are passed over. How many numbers are new."""
    with transaction.atomic():
        changed = [
            centre
            for centre in Centre.objects.select_for_update().filter(name__in=telephones)
            if centre.telephone != telephones[centre.name]
        ]
        before = {centre.name: centre.telephone for centre in changed}
        for centre in changed:
            centre.telephone = telephones[centre.name]
        Centre.objects.bulk_update(changed, ["telephone"])
        if changed:
            after = {centre.name: centre.telephone for centre in changed}
            record(by=by, at=at, action="centre_telephones", subject="centres", before=before, after=after)
    return len(changed)

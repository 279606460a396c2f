"""How centres can be reached."""

from datetime import UTC, datetime

import pytest

from biye.foundation.actor import SYSTEM
from biye.machinery.ledger.models.entry import Entry
from biye.records.actions.centres import give_centre_telephones
from biye.records.models.centre import Centre

AT = datetime(2022, 6, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_numbers_are_given_by_name_and_noted_once() -> None:
    for code, name in (("1", "东湖学习中心"), ("2", "西岭学习中心"), ("3", "南桥学习中心")):
        Centre.objects.create(code=code, name=name)
    numbers = {"东湖学习中心": "022-00001001", "西岭学习中心": "022-00001002", "没有的中心": "022-00001009"}
    assert give_centre_telephones(numbers, by=SYSTEM, at=AT) == 2
    assert give_centre_telephones(numbers, by=SYSTEM, at=AT) == 0
    assert list(Centre.objects.values_list("telephone", flat=True)) == ["022-00001001", "022-00001002", ""]
    entry = Entry.objects.get()
    assert (entry.action, entry.before) == ("centre_telephones", {"东湖学习中心": "", "西岭学习中心": ""})

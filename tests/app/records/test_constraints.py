"""What may stand once only: also where a date or a plan is not known, and on both databases."""

from datetime import date
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, models, transaction

from biye.records.models.course import Course
from biye.records.models.facts import Certificate, Sanction
from biye.records.models.plan import Plan, Substitution
from biye.records.models.student import Student

pytestmark = pytest.mark.django_db
DAY = date(2021, 5, 10)


def is_refused(model: type[models.Model], **values: Any) -> bool:
    try:
        with transaction.atomic():
            model._default_manager.create(**values)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(("model", "dated"), [(Certificate, "obtained_on"), (Sanction, "imposed_on")])
def test_a_fact_stands_once_with_and_without_its_date(model: type[models.Model], dated: str) -> None:
    mine = Student.objects.create(student_no="1", name="甲")
    other = Student.objects.create(student_no="2", name="乙")
    rows = [(mine, None), (mine, DAY), (other, None)]
    assert [is_refused(model, student=who, kind="某种", **{dated: when}) for who, when in rows] == [False] * 3
    assert [is_refused(model, student=who, kind="某种", **{dated: when}) for who, when in rows] == [True] * 3
    assert not is_refused(model, student=mine, kind="另一种", **{dated: None})


def test_a_substitution_stands_once_in_a_plan_and_once_in_every_plan() -> None:
    plan = Plan.objects.create(code="会计")
    taken, counts_as = (Course.objects.create(code=code, name=code) for code in ("A1", "A2"))
    for refused in (False, True):
        assert is_refused(Substitution, plan=None, taken=taken, counts_as=counts_as) == refused
        assert is_refused(Substitution, plan=plan, taken=taken, counts_as=counts_as) == refused
    assert not is_refused(Substitution, plan=None, taken=counts_as, counts_as=taken)


def test_no_table_asks_what_this_database_cannot_do() -> None:
    assert [str(found) for found in run_checks(databases=["default"]) if (found.id or "").startswith("models.")] == []

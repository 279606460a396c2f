"""适用对象 as a condition of a query: whom a season's file means, of students in a table."""

from functools import reduce
from operator import and_, or_

from django.db.models import Q

from biye.seasons.core.people import Entries, People


def people_q(people: People, prefix: str = "") -> Q:
    """Everybody who may be meant; `prefix` leads to the student. Whether somebody is within the study limit is left to a person."""
    found = Q()
    for name in ("level", "mode", "major", "status"):
        if words := getattr(people, name):
            found &= Q(**{f"{prefix}{name}__in": words})
    if people.plan:
        found &= Q(**{f"{prefix}plan__code__in": people.plan})
    if people.centre:
        found &= Q(**{f"{prefix}centre__name__in": people.centre})
    if people.entry is not None:
        found &= _entries(people.entry, f"{prefix}entry")
    if people.outside_system is not None:
        found &= Q(**{f"{prefix}is_outside_system": people.outside_system})
    if people.all:
        found &= reduce(and_, (people_q(part, prefix) for part in people.all))
    if people.any:
        found &= reduce(or_, (people_q(part, prefix) for part in people.any))
    if people.no is not None and people.no.within_study_limit is None:
        found &= ~people_q(people.no, prefix)
    return found


def _entries(entries: Entries, column: str) -> Q:
    bounds = {"gte": entries.from_, "lte": entries.until, "gt": entries.after, "lt": entries.before}
    found = Q(**{f"{column}__in": entries.terms}) if entries.terms else Q()
    for sign, bound in bounds.items():
        if bound is not None:
            found &= Q(**{f"{column}__{sign}": bound})
    return found & Q(**{f"{column}__gte": 0})

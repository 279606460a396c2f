"""行文: figures, lists, moments and groups of people as people write them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from biye.audit.core.explain.catalogue import RULES
from biye.audit.core.explain.phrases import PEOPLE, PHRASES
from biye.audit.core.vocabulary import Unit
from biye.foundation.amounts import show_credits, show_score
from biye.foundation.terms import show_term
from biye.seasons.core.people import Entries, People

SHOWN = 4  # names in a list before it says how many there are


def figure(amount: int, unit: Unit) -> str:
    """An amount in its unit."""
    if unit is Unit.CREDITS:
        return show_credits(amount)
    if unit is Unit.SCORE:
        return show_score(amount)
    if unit is Unit.PERCENT:
        return show_score(amount).removesuffix(".0") + "%"
    return f"{amount:,}" if unit is Unit.MONEY else str(amount)


def listed(words: Sequence[str], counter: str = "门", shown: int = SHOWN) -> str:
    """A list, its tail counted where it is long."""
    if len(words) <= shown + 1:
        return PHRASES["and"].join(words)
    return PHRASES["more"].format(some=PHRASES["and"].join(words[:shown]), count=len(words), counter=counter)


def day(moment: datetime, now: datetime) -> str:
    """A moment at which something ends: a day where it ends with the day, the year where it is another."""
    local = moment.astimezone(now.tzinfo)
    ends = local - timedelta(minutes=1) if (local.hour, local.minute) == (0, 0) else local
    year = f"{ends.year} 年 " if ends.year != now.year else ""
    clock = "" if ends is not local else f" {local:%H:%M}"
    return f"{year}{ends.month} 月 {ends.day} 日{clock}"


def instant(moment: datetime, now: datetime) -> str:
    """A moment at which something came about."""
    local = moment.astimezone(now.tzinfo)
    year = f"{local.year} 年 " if local.year != now.year else ""
    return f"{year}{local.month} 月 {local.day} 日 {local:%H:%M}"


def bits(mask: int, words: Sequence[str]) -> list[str]:
    """The words whose bit is set."""
    return [word for place, word in enumerate(words) if mask >> place & 1]


def sentence_of(kind: str, part: str, reason: str, values: dict[str, str]) -> str:
    """A text of the catalogue: the one for the reason where there is one, else the plain one."""
    template = RULES.get(f"{kind}.{part}.{reason}") if reason else None
    return (template or RULES[f"{kind}.{part}"]).format(**values)


def begins(moment: datetime, now: datetime) -> str:
    """A moment from which something is open."""
    local = moment.astimezone(now.tzinfo)
    return (
        instant(moment, now).removesuffix(f" {local:%H:%M}")
        if (local.hour, local.minute) == (0, 0)
        else instant(moment, now)
    )


def describe(people: People) -> str:
    """A group of people as a notice would name it: 2020春入学的专升本学生."""
    such = list(_entries(people.entry))
    if people.within_study_limit is not None:
        such.append(PEOPLE["within" if people.within_study_limit else "beyond"])
    if people.outside_system is not None:
        such.append(PEOPLE["outside" if people.outside_system else "inside"])
    if people.plan:
        such.append(PEOPLE["plan"].format(plans=PHRASES["and"].join(people.plan)))
    if people.no is not None:
        such.append(PEOPLE["not"].format(people=describe(people.no)))
    columns = (people.mode, people.centre, people.major, people.status, people.level)
    which = "".join(PHRASES["and"].join(words) for words in columns if words)
    groups = []
    if such or which or not (people.all or people.any):
        such_ones = PHRASES["and"].join(such)
        groups.append(PEOPLE["such_students" if such else "students"].format(such=such_ones, which=which))
    groups += [describe(part) for part in people.all]
    if people.any:
        groups.append(PEOPLE["any"].join(describe(part) for part in people.any))
    return PEOPLE["all"].join(groups)


def _entries(entries: Entries | None) -> Iterable[str]:
    if entries is None:
        return
    if entries.terms:
        yield PEOPLE["entries"].format(terms=PHRASES["and"].join(show_term(term) for term in entries.terms))
    first, last = entries.from_, entries.until
    if first is not None and last is not None:
        yield PEOPLE["between"].format(first=show_term(first), last=show_term(last))
        first = last = None
    for key, term in (("from", first), ("after", entries.after), ("until", last), ("before", entries.before)):
        if term is not None:
            yield PEOPLE[key].format(term=show_term(term))

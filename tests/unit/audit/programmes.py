"""Invented seasons: rules, conclusions, routes and scope thrown together, for engines to agree on."""

from random import Random
from typing import Any

from biye.audit.core.engine import Programme, Route
from biye.audit.core.rulebook import ConclusionRow, Rule, Rulebook
from biye.audit.core.vocabulary import kinds
from biye.seasons.core.people import People
from biye.seasons.core.shapes import When
from tests.unit.audit.sayings import SAYINGS, limit, people

Raw = dict[str, Any]
SOURCE = {"document": "notice", "clause": "一"}


def programme(random: Random, *, ranked: bool = True) -> Programme:
    """A season with two rulebooks."""
    names = random.sample(sorted(SAYINGS), 6)
    rules = [rule(random, f"r{number}", name, SAYINGS[name](random)) for number, name in enumerate(names)]
    rules.append(rule(random, "average", "grade.average", {"min": "60", "if_none": "not_met"}))
    ids = [one.id for one in rules]
    if ranked:
        rules += [rule(random, f"best{number}", "rank.within", _rank(random, ids)) for number in range(2)]
        ids = [one.id for one in rules]
    cut = random.randint(0, len(rules))
    return Programme(
        books={"one": _book(random, rules[:cut], ids), "other": _book(random, rules[cut:], ids)},
        scope=random.choice((None, People.model_validate(people(random)))),
        excluded_statuses=("退学",),
        routes=tuple(_route(random, number, ids) for number in range(2)),
    )


def rule(random: Random, name: str, kind: str, raw: Raw) -> Rule:
    """One rule, sometimes only for some."""
    concerned = People.model_validate(people(random)) if random.random() < 0.4 else None
    params = kinds()[kind].params.model_validate(raw)
    return Rule.model_validate(
        {
            "id": name,
            "label": name,
            "rule": kind,
            "for": concerned,
            "source": SOURCE,
            "office": "records",
            "params": params,
        }
    )


def _rank(random: Random, ids: list[str]) -> Raw:
    raw: Raw = {
        "score_of": "average",
        "group": random.choice((["centre"], ["level"], ["centre", "entry"])),
        "among": when(random, ids, 1),
        "rounding": random.choice(("floor", "ceil", "half_up")),
        "at_least": random.choice(("0", "1")),
        "smallest_group": random.choice(("1", "2", "3")),
        "ties": random.choice(("ask", "in", "out")),
    }
    raw[random.choice(("share", "count"))] = limit(random, "1", "3", "50")
    return raw


def when(random: Random, ids: list[str], depth: int = 2) -> Raw:
    """A condition."""
    keys: list[tuple[str, Any]] = [
        ("met", random.sample(ids, 2)),
        ("not_met", random.sample(ids, 1)),
        ("any_not_met", random.sample(ids, 3)),
        ("any_unknown", random.sample(ids, 2)),
        ("at_least", {"n": "2", "of": random.sample(ids, 3)}),
    ]
    if depth:
        inner = [when(random, ids, depth - 1) for _ in range(2)]
        keys += [("all", inner), ("any", inner), ("not", inner[0])]
    return dict(random.sample(keys, random.choice((0, 1, 1, 2))))


def _book(random: Random, rules: list[Rule], ids: list[str]) -> Rulebook:
    gives = ["甲", "乙", "丙", "丁"]
    rows = [
        ConclusionRow.model_validate(
            {
                "give": give,
                "when": when(random, ids),
                "for": People.model_validate(people(random)) if random.random() < 0.3 else None,
                # A row gives way only to earlier ones, so that there is no circle.
                "unless": random.sample(gives[:number], random.choice((0, 0, min(number, 1)))),
                "source": SOURCE,
            }
        )
        for number, give in enumerate(gives)
    ]
    return Rulebook.model_construct(
        rulebook="试验", document=None, documents=(), rules=tuple(rules), conclusions=tuple(rows)
    )


def _route(random: Random, number: int, ids: list[str]) -> Route:
    condition = When.model_validate(when(random, ids)) if random.random() < 0.8 else None
    concerned = People.model_validate(people(random)) if random.random() < 0.5 else None
    return Route(f"route{number}", "申请", condition, concerned)

"""The cases people wrote for every kind of rule: `tests/cases/audit/*.yaml`, boundaries in threes.

A file names a kind, plans and facts `given`. A case has parameters and rows [facts, verdict, have, need]; have and need
are written as people write them (76.0 credits, 69.99 points) and may be left out.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from biye.audit.core.case_tables import tables_of
from biye.audit.core.cases import CasePlan, Facts
from biye.audit.core.vocabulary import Unit, kinds
from biye.foundation.amounts import scaled
from biye.foundation.moments import CHINA
from biye.foundation.verdicts import Verdict
from tests.unit.audit.institution import frame
from tests.unit.audit.test_oracle import batch_of

FOLDER = Path(__file__).parents[2] / "cases" / "audit"
PARTS = {Unit.CREDITS: 10, Unit.SCORE: 100, Unit.PERCENT: 100}


def read(file: Path) -> dict[str, Any]:
    """Every scalar stays the text it is, as in a school's own files; only true, false and null are read."""
    return _plain(yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader))  # noqa: S506 builds nothing but text


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return {"true": True, "false": False, "null": None}.get(value, value)


def rows() -> Iterator[Any]:
    """One test a row."""
    for file in sorted(FOLDER.glob("*.yaml")):
        book = read(file)
        for case in book["cases"]:
            for number, row in enumerate(case["rows"], start=1):
                yield pytest.param(book, case, row, id=f"{book['rule']} {case['case']} {number}")


@pytest.mark.parametrize(("book", "case", "row"), list(rows()))
def test_row(book: dict[str, Any], case: dict[str, Any], row: list[Any]) -> None:
    kind = kinds()[book["rule"]]
    facts = Facts.model_validate({**book.get("given", {}), **row[0]}, context={"zone": CHINA})
    plans = {name: CasePlan.model_validate(plan) for name, plan in book.get("plans", {}).items()}
    asked = frame(case.get("at", "2022-06-16 09:00"))
    batch = batch_of(tables_of(facts, plans[facts.plan] if facts.plan else None), asked)
    found = kind.measure(batch, kind.params.model_validate(case.get("params", {})))
    parts = PARTS.get(kind.unit, 1)
    got = [Verdict(found.verdict[0]).chinese, int(found.have[0]), int(found.need[0])]
    assert got[: len(row) - 1] == [row[1], *(scaled(figure, parts) for figure in row[2:])]


def test_every_kind_has_cases() -> None:
    # Quotas need a population; their cases stand in test_ranks.
    assert [read(file)["rule"] for file in sorted(FOLDER.glob("*.yaml"))] == sorted(set(kinds()) - {"rank.within"})

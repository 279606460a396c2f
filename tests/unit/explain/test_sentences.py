"""The very words a student reads, case by case."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.unit.explain.telling import explained

FILE = Path(__file__).parents[2] / "cases" / "explain" / "sentences.yaml"
CASES: list[dict[str, Any]] = yaml.load(FILE.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 builds only text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_what_is_said(case: dict[str, Any]) -> None:
    facts = {name: None if value == "null" else value for name, value in case.get("facts", {}).items()}
    told = explained(facts, case.get("at", "2022-05-30 09:12"))
    found = {one.rule: one for one in told.findings}
    wanted, fixes = case.get("sentences", {}), case.get("fixes", {})
    assert {rule: found[rule].sentence for rule in wanted} == wanted
    assert {rule: [fix.sentence for fix in found[rule].fixes] for rule in fixes} == fixes

"""怎样写一所学校: what the guide shows loads, and it shows everything there is."""

import re
import textwrap
from pathlib import Path

import pytest

from biye.audit.core.checking import check_school
from biye.audit.core.loading import load_season
from biye.audit.core.vocabulary import kinds
from tests.unit.rulebook import guide

TEXT = guide.GUIDE.read_text("utf-8")


def test_the_school_of_the_guide_checks_clean(tmp_path: Path) -> None:
    checked = check_school(guide.write(tmp_path))
    assert (checked.troubles, list(checked.seasons), checked.cases) == ((), ["2031-autumn"], 7)


def test_every_rule_of_the_guide_loads(tmp_path: Path) -> None:
    book = guide.files()["rulebooks/graduation.yaml"]
    examples = textwrap.indent("".join(guide.rules()), "  ")
    extended = book.replace("conclusions:\n", f"{examples}conclusions:\n")
    folder = guide.write(tmp_path, {"rulebooks/graduation.yaml": extended})
    loaded = load_season(folder, "2031-autumn")
    assert {rule.rule for rule in loaded.programme.rules} == set(kinds())


@pytest.mark.parametrize("name", sorted(kinds()))
def test_the_guide_explains_every_parameter(name: str) -> None:
    heading = re.search(rf"\*\*{re.escape(name)} [^\n]*\n", TEXT)
    assert heading is not None
    params = kinds()[name].params.model_fields
    named = set(re.findall(r"`([a-z_]+)`", heading[0]))
    assert {info.alias or key for key, info in params.items()} - named == set()


def test_the_error_the_guide_shows_is_the_one_that_comes(tmp_path: Path) -> None:
    whole = guide.files()["rulebooks/graduation.yaml"]
    book = whole.replace("any_not_met: [credits, unified_exams]", "not_met: [unified_exams]")
    (trouble,) = check_school(guide.write(tmp_path, {"rulebooks/graduation.yaml": book})).troubles
    assert str(trouble).partition("/")[2] in TEXT

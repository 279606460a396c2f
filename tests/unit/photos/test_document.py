"""docs/photos.md: what it prints of the specification and of hostile files is what they are."""

from collections.abc import Callable, Iterator

import pytest

from benchmarks import photo_pages
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs/photos.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("mark", "table"), [("limits", photo_pages.limits), ("hostile", photo_pages.hostile)])
def test_printed_tables_are_what_they_are_printed_from(mark: str, table: Callable[[], Iterator[str]]) -> None:
    printed = PAGE.split(f"<!-- {mark} -->\n")[1].split(f"<!-- /{mark} -->")[0]
    assert printed.splitlines() == list(table())


@pytest.mark.parametrize("mark", ["geometry", "wrongness", "violations", "makings"])
def test_measured_tables_are_there(mark: str) -> None:
    printed = PAGE.split(f"<!-- {mark} -->\n")[1].split(f"<!-- /{mark} -->")[0].splitlines()
    assert len(printed) >= 3
    assert {line.count("|") for line in printed} == {printed[0].count("|")}

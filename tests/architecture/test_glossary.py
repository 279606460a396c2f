"""One word, one meaning, one place: docs/glossary.yaml against the code."""

import inspect
from collections import Counter
from functools import cache
from importlib import import_module
from typing import Any

import pytest
import yaml

from tests.architecture.tree import ROOT

COLUMNS = {"english", "chinese", "where", "note"}


@cache
def words() -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load((ROOT / "docs" / "glossary.yaml").read_text()))


def resolve(where: str) -> Any:
    """What a dotted name stands for: the longest part that is a module, then attributes."""
    parts = where.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: Any = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            found = inspect.getattr_static(found, name)
        return found
    raise LookupError(where)


def placed() -> list[dict[str, Any]]:
    return [word for word in words() if "where" in word]


def test_every_entry_has_the_same_columns() -> None:
    assert [word for word in words() if not {"english", "chinese"} <= word.keys() <= COLUMNS] == []


def test_no_word_stands_twice() -> None:
    assert [word for word, times in Counter(word["english"] for word in words()).items() if times > 1] == []


@pytest.mark.parametrize("word", placed(), ids=lambda word: word["english"])
def test_the_code_carries_the_term(word: dict[str, Any]) -> None:
    """Searching the Chinese term finds the code: its place has it in the first line of its docstring."""
    place = resolve(word["where"])
    if inspect.ismodule(place) or inspect.isclass(place) or inspect.isfunction(place):
        first_line = (inspect.getdoc(place) or "").partition("\n")[0]
        terms = [term for term in word["chinese"] if term in first_line]
        assert terms, f"{word['where']}: none of {word['chinese']} in {first_line!r}"

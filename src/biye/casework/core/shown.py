"""所示内容: what a student is shown before signing, its fingerprint, and what changed between two of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class Changed:
    """变动: one line that is not what it was; None where it was not there, or is there no longer."""

    path: tuple[str, ...]
    before: str | None
    after: str | None


def fingerprint(document: Mapping[str, Any]) -> str:
    """指纹: equal exactly when everything shown is equal; the order of keys says nothing, the order of lists does."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Changed, ...]:
    """变动: every line that differs, in the order of the new document, then what is gone."""
    old, new = dict(_lines(before)), dict(_lines(after))
    differing = [Changed(path, old.get(path), text) for path, text in new.items() if old.get(path) != text]
    gone = [Changed(path, text, None) for path, text in old.items() if path not in new]
    return (*differing, *gone)


def _lines(value: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        return [line for key, part in value.items() for line in _lines(part, (*path, str(key)))]
    if isinstance(value, list | tuple):
        return [line for place, part in enumerate(value, 1) for line in _lines(part, (*path, _name(part, place)))]
    return [(path, "" if value is None else str(value))]


def _name(part: Any, place: int) -> str:
    """A list's items are named by what they say of themselves, so that one more item does not move all others."""
    if isinstance(part, Mapping):
        for key in ("rule", "code", "subject", "id", "label", "name"):
            if part.get(key):
                return str(part[key])
    return str(place)

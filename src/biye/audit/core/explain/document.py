"""说明的存档: an explanation as plain values, for publications that keep their own words, and back again."""

import json
from dataclasses import fields
from hashlib import sha256
from operator import attrgetter
from typing import Any

from biye.audit.core.explain.shapes import (
    BookConclusion,
    CourseLine,
    ExamLine,
    Explanation,
    Finding,
    Fix,
    ModuleBar,
    RouteLine,
)
from biye.foundation.verdicts import Truth, Verdict

Document = dict[str, Any]
_LISTS: dict[str, type] = {
    "conclusions": BookConclusion,
    "findings": Finding,
    "routes": RouteLine,
    "modules": ModuleBar,
    "courses": CourseLine,
    "exams": ExamLine,
}
_NAMES: dict[type, tuple[str, ...]] = {
    kind: tuple(one.name for one in fields(kind)) for kind in (Explanation, Fix, *_LISTS.values())
}
_PARTS = {kind: attrgetter(*names) for kind, names in _NAMES.items()}
# A student has some forty of these and nothing to turn into anything in them.
_FLAT = {CourseLine, ModuleBar}
_AS_IT_IS = {str, int, bool, type(None)}


def document(explanation: Explanation) -> Document:
    """Plain values, every word as the student reads it."""
    return {name: _plain(getattr(explanation, name)) for name in _NAMES[Explanation]}


def written(kept: Document) -> str:
    """A document in writing; the same for the same content."""
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(kept: Document) -> str:
    """指纹 of a document: equal exactly when everything in it is."""
    return fingerprint_of(written(kept))


def fingerprint_of(text: str) -> str:
    """The same of a document in writing."""
    return sha256(text.encode()).hexdigest()


def explanation(kept: Document) -> Explanation:
    """A kept document as an explanation again."""
    parts = {name: tuple(_built(kind, one) for one in kept[name]) for name, kind in _LISTS.items()}
    return Explanation(**{**kept, **parts, "candidate": Truth[kept["candidate"]]})


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is tuple:
        return [_plain(one) for one in value]
    if kind in _NAMES:
        names = _NAMES[kind]
        parts = _PARTS[kind](value)
        return dict(zip(names, parts if kind in _FLAT else map(_plain, parts), strict=True))
    return value.name


def _built(kind: type, kept: Document) -> Any:
    values = dict(kept)
    if kind is Finding:
        values["verdict"] = Verdict[kept["verdict"]]
        values["fixes"] = tuple(Fix(fix["sentence"], tuple(map(tuple, fix["choices"]))) for fix in kept["fixes"])
    elif kind is RouteLine:
        values["state"] = Truth[kept["state"]]
        values["prefilled"] = tuple((name, text) for name, text in kept["prefilled"])
    elif kind is ExamLine:
        values["is_passed"] = Truth[kept["is_passed"]]
    elif kind is BookConclusion:
        values["undecided"] = tuple(kept["undecided"])
    return kind(**values)

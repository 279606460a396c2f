"""读取学校资料: YAML into exact text with the line of everything, and shapes checked with every error placed.

Scalars stay the text that stands in the file (only true, false and null are read), so that 60.0 and 69.995 are exact,
and 12:00, on, no or 2022-06-15 mean what they say.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from biye.seasons.core.catalogue import SHAPES
from biye.seasons.core.trouble import Trouble

Path_ = tuple[str | int, ...]
MOST_BYTES = 1_000_000
_CONSTANTS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(slots=True)
class Page:
    """一个文件: its content, the line of every key and item, and what was wrong with the writing."""

    file: str
    content: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path_, int] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def known(self, path: Iterable[str | int]) -> Path_:
        """The part of a path that stands in the file, whatever a union has put in between."""
        known: Path_ = ()
        for part in path:
            if (*known, part) in self.lines:
                known = (*known, part)
        return known

    def line(self, path: Iterable[str | int]) -> int:
        """The line of the deepest known part of a path."""
        return self.lines.get(self.known(path), 0)

    def trouble(self, path: Iterable[str | int], code: str, **details: object) -> None:
        """Note a trouble at that place."""
        self.troubles.append(Trouble.of(self.file, self.line(path), code, **details))


def read_page(file: Path, shown: str) -> Page:
    """Read one YAML file; `shown` is what a trouble calls it."""
    page = Page(shown)
    try:
        raw = file.read_bytes()
    except OSError:
        page.trouble((), "no_file")
        return page
    if len(raw) > MOST_BYTES:
        page.trouble((), "too_long", most=MOST_BYTES // 1000)
        return page
    return parse_page(raw, page)


def parse_page(raw: bytes, page: Page) -> Page:
    """Read YAML text into the page."""
    try:
        root = yaml.compose(raw.decode("utf-8-sig"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError:
        page.trouble((), "not_utf8")
        return page
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 0
        page.troubles.append(Trouble.of(page.file, line, "not_yaml"))
        return page
    if not isinstance(root, yaml.MappingNode):
        page.trouble((), "not_a_mapping")
        return page
    page.content = _plain(root, page, (), set())
    return page


def _plain(node: yaml.Node, page: Page, path: Path_, seen: set[int]) -> Any:
    if id(node) in seen:
        page.troubles.append(Trouble.of(page.file, node.start_mark.line + 1, "anchor"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        if not node.style and node.value in _CONSTANTS:  # plain, in no quotes
            return _CONSTANTS[node.value]
        return node.value
    if isinstance(node, yaml.SequenceNode):
        items = []
        for number, item in enumerate(node.value):
            here = (*path, number)
            page.lines[here] = item.start_mark.line + 1
            items.append(_plain(item, page, here, seen))
        return items
    result: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        here = (*path, key.value)
        if not isinstance(key, yaml.ScalarNode):
            page.troubles.append(Trouble.of(page.file, line, "key_not_text"))
        elif key.value in result:
            page.troubles.append(Trouble.of(page.file, line, "twice", key=key.value, first=page.lines[here]))
        else:
            page.lines[here] = line
            result[key.value] = _plain(value, page, here, seen)
    return result


def shape[M: BaseModel](
    model: type[M], content: Any, page: Page, at: Path_ = (), context: dict[str, Any] | None = None
) -> M | None:
    """Content as `model`, or None with every error noted on the page."""
    try:
        return model.model_validate(content, context=context)
    except ValidationError as refusal:
        for error in refusal.errors(include_url=False):
            page.troubles.append(_placed(error, model, content, page, at))
        return None


def _placed(error: ErrorDetails, model: type[BaseModel], content: Any, page: Page, at: Path_) -> Trouble:
    location, kind = error["loc"], error["type"]
    line = page.line((*at, *location))
    found = _found(content, location)
    a_key = location[-1:] == ("[key]",)  # the key itself is wrong, not what stands behind it
    if a_key:
        location, found = location[:-1], location[-2]
    written = (*at, *location) if kind == "missing" else page.known((*at, *location))
    key = next((part for part in reversed(written) if isinstance(part, str)), "")
    details: dict[str, object] = {"key": key, "found": _quoted(found), **error.get("ctx", {})}
    if kind == "extra_forbidden":
        return _unknown_key(page, line, str(location[-1]), sorted(_keys(model, location[:-1])))
    if kind in ("literal_error", "enum"):
        choices = str(details["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        near = nearest(str(found), choices)
        if a_key:
            return _unknown_key(page, line, str(found), choices)
        code = "not_a_choice_near" if near else "not_a_choice"
        return Trouble.of(page.file, line, code, **{**details, "near": near, "choices": "、".join(choices)})
    if kind in SHAPES:
        return Trouble.of(page.file, line, SHAPES[kind], **details)
    return Trouble.of(page.file, line, "wrong_shape", **{**details, "problem": error["msg"]})


def _unknown_key(page: Page, line: int, key: str, known: list[str]) -> Trouble:
    near = nearest(key, known)
    code = "unknown_key_near" if near else "unknown_key"
    return Trouble.of(page.file, line, code, key=key, near=near, known="、".join(known))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, if any is."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def _quoted(found: Any) -> str:
    return _NAMES.get(type(found), f"「{found}」")


_NAMES: dict[type, str] = {dict: "几个键", list: "一个列表", type(None): "空", bool: "true 或 false"}


def _found(content: Any, location: Path_) -> Any:
    """What stands at a location; parts that a union has put in between are passed over."""
    for part in location:
        if isinstance(content, dict):
            content = content.get(part, content)
        elif isinstance(content, list) and isinstance(part, int):
            content = content[part]
    return content


def _keys(model: type[BaseModel], location: Path_) -> set[str]:
    """The keys allowed at a location."""
    here = {model}
    for part in location:
        inner = {found for one in here for found in _models(_field(one, part))}
        here = inner or here
    return {info.alias or name for one in here for name, info in one.model_fields.items()}


def _field(model: type[BaseModel], key: str | int) -> Any:
    return next((info.annotation for name, info in model.model_fields.items() if key in (name, info.alias)), None)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model inside an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)

"""照片规格: what a school asks of a photo in a season, as data; every limit with the sentence it comes from.

It stands in the school's folder as `photos/<season>.yaml`, and `photos/<season>.<variant>.yaml` for other uses.
"""

import re
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import create_model, model_validator
from pydantic_core import PydanticCustomError

from biye.photos.core import catalogue
from biye.photos.core.bands import Amount
from biye.photos.core.check import Limit
from biye.photos.core.register import CHECKS
from biye.seasons.core.folder import page_of, school_folder
from biye.seasons.core.reading import Page, read_page, shape
from biye.seasons.core.shapes import Document, Identifier, Source, Strict
from biye.seasons.core.trouble import SchoolRefused, Trouble

USUAL = "cslg-adult/2021-summer"
# What making a photo must know; a specification that lacks one of these cannot be made to order.
FOR_MAKING = (
    *("pixel_size", "resolution", "quality", "file_size", "background_colour"),
    *("centred", "head_top", "eye_line", "face_width"),
)


class Question(Strict):
    """人工问题: what no network here can see. `strip` is the part of the picture to show large beside it."""

    ask: str
    strip: Literal["eyes", "ears", "neck", "whole"]
    source: Source
    says: str


class Comparison(Strict):
    """人像比对: the two thresholds, as a school's own calibration or the shipped ones set them."""

    consistent_from: Amount
    mismatch_below: Amount

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 0 <= self.mismatch_below <= self.consistent_from <= 1000:
            raise PydanticCustomError("limits_crossed", catalogue.THRESHOLDS_CROSSED)
        return self


if TYPE_CHECKING:

    class AskedChecks(Strict):
        """检查项: one optional field a check, made from the register; a check that is not written is not asked for."""

else:
    AskedChecks = create_model(
        "AskedChecks", __base__=Strict, **{name: (check.limit | None, None) for name, check in CHECKS.items()}
    )


class Specification(Strict):
    """照片规格. `standardise`: may the school make a compliant photo from another?"""

    title: str
    documents: tuple[Document, ...]
    standardise: bool
    officer_numbers: bool
    checks: AskedChecks
    questions: dict[Identifier, Question] = {}
    comparison: Comparison

    @property
    def limits(self) -> dict[str, Limit]:
        """The checks asked for, by name, in the register's order."""
        asked = {name: getattr(self.checks, name) for name in CHECKS}
        return {name: limit for name, limit in asked.items() if limit is not None}

    def document(self, source: Source) -> str:
        """通知四.6: the short name of the document and the clause."""
        short = {document.id: document.short for document in self.documents}
        return f"{short[source.document]}{source.clause}"

    @property
    def digest(self) -> str:
        """What tells one version from another: a hash of everything it says."""
        said = dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
        return sha256(said.encode()).hexdigest()


def load(name: str) -> Specification:
    """By file (`….yaml`) or as `school/season` or `school/season.variant`. Raises SchoolRefused with every trouble."""
    if name.endswith((".yaml", ".yml")):
        return _checked(read_page(Path(name), Path(name).name), Path(name).parent)
    school, _, stem = name.rpartition("/")
    if not school:
        raise SchoolRefused([_unknown(name, USUAL)])
    return load_from(school_folder(school), stem)


def load_from(folder: Path, stem: str) -> Specification:
    """One of a school folder's specifications. Raises SchoolRefused with every trouble."""
    if stem not in stems(folder):
        known = "、".join(f"{folder.resolve().name}/{known}" for known in stems(folder))
        raise SchoolRefused([_unknown(stem, known)])
    return _checked(page_of(folder, "photos", f"{stem}.yaml"), folder / "photos")


def _unknown(name: str, known: str) -> Trouble:
    return Trouble(name, 0, catalogue.NO_SPECIFICATION, catalogue.KNOWN_SPECIFICATIONS.format(known=known))


def stems(folder: Path) -> list[str]:
    """Names of a school's photo specifications: seasons, and seasons with a variant."""
    return sorted(file.stem for file in (folder / "photos").glob("*.yaml"))


def _checked(page: Page, folder: Path) -> Specification:
    content = _with_base(page, folder)
    found = None if page.troubles else shape(Specification, content, page)
    if found is not None:
        _cross_check(found, page)
    if found is None or page.troubles:
        raise SchoolRefused(page.troubles)
    return found


def _with_base(page: Page, folder: Path) -> dict[str, Any]:
    """`based_on: 2021-summer` takes over what that specification says, check by check, question by question.

    A check written as empty is dropped.
    """
    content = dict(page.content)
    stem = content.pop("based_on", None)
    if stem is None:
        return content
    if not isinstance(stem, str) or not re.fullmatch(r"[\w.-]+", stem):
        page.trouble(("based_on",), "wrong_shape", key="based_on", problem=catalogue.NOT_A_STEM)
        return content
    base = read_page(folder / f"{stem}.yaml", f"{stem}.yaml")
    page.troubles.extend(base.troubles)
    merged = {**base.content, **content}
    for part in ("checks", "questions"):
        ours, theirs = content.get(part) or {}, base.content.get(part) or {}
        merged[part] = {
            **theirs,
            **{name: {**theirs.get(name, {}), **own} if own else None for name, own in ours.items()},
        }
    merged["questions"] = {name: asked for name, asked in merged["questions"].items() if asked}
    merged.pop("based_on", None)
    return merged


def _cross_check(found: Specification, page: Page) -> None:
    known = {document.id for document in found.documents}
    for part, entries in (("checks", found.limits), ("questions", found.questions)):
        for name, entry in entries.items():
            if entry.source.document not in known:
                details = {"found": entry.source.document, "known": "、".join(sorted(known))}
                page.trouble((part, name, "source", "document"), "no_such_document", **details)
    missing = [name for name in FOR_MAKING if name not in found.limits]
    if found.standardise and missing:
        labels = "、".join(f"{name}（{catalogue.LABELS[name]}）" for name in missing)
        message, remedy = catalogue.CANNOT_MAKE
        page.troubles.append(Trouble(page.file, page.line(("standardise",)), message.format(missing=labels), remedy))

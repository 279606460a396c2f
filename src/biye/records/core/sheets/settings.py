"""表格约定: what a school says of its sheets: further headings, coverage, and the words it knows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from biye.foundation.codes import GRADE_PARTS, Part

Coverage = Literal["listed", "complete"]
"""listed: a sheet speaks for the students who stand in it. complete: it speaks for everyone."""

PARTS_OF: dict[str, tuple[Part, ...]] = {
    "grades": GRADE_PARTS,
    "wide_grades": GRADE_PARTS,
    "exams": (Part.EXAMS,),
    "certificates": (Part.CERTIFICATES,),
    "fees": (Part.FEES,),
    "sanctions": (Part.SANCTIONS,),
    "flags": (Part.FLAGS,),
    "photos": (Part.PHOTOS,),
    "history": (Part.HISTORY,),
}
_COMPLETE = frozenset(("sanctions", "flags"))
_NAMED_PARTS = (
    (("论文", "毕业设计", "thesis"), Part.THESIS),
    (("考查", "考察", "assessed"), Part.ASSESSED),
    (("实践", "实习", "practice"), Part.PRACTICE),
    (("考试课", "考试成绩", "examined"), Part.EXAMINED),
)


class Profile(Protocol):
    """How one kind of sheet looks at a school."""

    @property
    def columns(self) -> Mapping[str, Iterable[str]]:
        """Our column to further headings."""

    @property
    def coverage(self) -> Coverage | None:
        """Whom a sheet speaks for, where the school says it."""


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """表格约定. words: for a column of students (level, mode, status) the words the school knows."""

    columns: Mapping[str, Mapping[str, Iterable[str]]] = field(default_factory=dict)
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    words: Mapping[str, Collection[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, profiles: Mapping[str, Profile], **words: Collection[str]) -> "SheetSettings":
        """From a school's profiles by kind of sheet; its words by column."""
        return cls(
            {kind: profile.columns for kind, profile in profiles.items()},
            {kind: profile.coverage for kind, profile in profiles.items() if profile.coverage},
            words,
        )

    def covers(self, kind: str, choice: "Choice") -> Coverage:
        """Whom a sheet speaks for: as chosen for the file, else as the school says, else by kind."""
        kind = "grades" if kind == "wide_grades" else kind
        return choice.coverage or self.coverage.get(kind) or ("complete" if kind in _COMPLETE else "listed")


@dataclass(frozen=True, slots=True)
class Choice:
    """选择: what a person said of one file or sheet, instead of what its looks say."""

    kind: str | None = None
    coverage: Coverage | None = None
    parts: tuple[Part, ...] | None = None


def named_part(*names: str) -> Part | None:
    """The one part of the grades that the name of a file or sheet speaks of; None where none or several are named."""
    for name in names:
        found = [part for words, part in _NAMED_PARTS if any(word in name.lower() for word in words)]
        if len(found) == 1:
            return found[0]
    return None

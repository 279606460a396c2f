"""异议去向: which office owns a figure, and so answers an objection to it. What each owns stands in school.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from biye.casework.core.fields import PHOTO
from biye.seasons.core.school import Office


class Line(StrEnum):
    """有异议的数据: what kind of line of a page it is."""

    COURSE = "course"
    CREDITS = "credits"
    EXAM = "exam"
    FIELD = "field"
    OWN = "own"
    PHOTO = "photo"
    FEE = "fee"
    CONCLUSION = "conclusion"
    NOTICE = "notice"

    @property
    def chinese(self) -> str:
        """What people read."""
        return _LINES[self]


_LINES = {
    Line.COURSE: "课程",
    Line.CREDITS: "学分",
    Line.EXAM: "统考",
    Line.FIELD: "学籍信息",
    Line.OWN: "个人信息",
    Line.PHOTO: "毕业照片",
    Line.FEE: "交费",
    Line.CONCLUSION: "审查结论",
    Line.NOTICE: "公示结果",
}
# The words under which an office may own a line, the most exact first.
_OWNED = {
    Line.COURSE: ("课程", "成绩", "学分"),
    Line.CREDITS: ("学分", "课程", "成绩"),
    Line.EXAM: ("统考", "成绩"),
    Line.FIELD: ("学籍",),
    Line.OWN: ("个人信息", "学籍"),
    Line.PHOTO: ("照片", "学籍"),
    Line.FEE: ("交费",),
    Line.CONCLUSION: ("审查结论", "学籍"),
    Line.NOTICE: ("公示", "学籍"),
}
_BY_COURSE_KIND = {"毕业论文": ("毕业论文", "论文"), "实践": ("实践", "实践环节")}
LONGEST_ABOUT = 60


@dataclass(frozen=True, slots=True)
class Point:
    """异议的一行: what it is about. `key` names it among its like, `kind` is a course's 课程性质."""

    line: Line
    key: str = ""
    kind: str = ""

    @property
    def about(self) -> str:
        """How a case is known by it."""
        return f"{self.line.value}:{self.key}"[:LONGEST_ABOUT] if self.key else self.line.value


def owner(point: Point, offices: Mapping[str, Office], otherwise: str | None) -> str:
    """负责科室: the one that owns the line by its most exact word; then whoever the route names; then the first there is."""
    for word in _words(point):
        for name, office in offices.items():
            if word in office.fields:
                return name
    return otherwise or next(iter(offices), "")


def _words(point: Point) -> tuple[str, ...]:
    if point.line is Line.FIELD and point.key == PHOTO:
        return _OWNED[Line.PHOTO]
    exact = (point.key,) if point.line is Line.FIELD else _BY_COURSE_KIND.get(point.kind, ())
    return (*exact, *_OWNED[point.line])

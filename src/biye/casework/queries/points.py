"""有异议的数据: any line of any page a student sees, found again by what its address says of it."""

from dataclasses import dataclass
from datetime import date

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of
from biye.audit.core.explain.document import explanation
from biye.audit.core.explain.shapes import Explanation
from biye.audit.queries.explained import published
from biye.casework.core.fields import PHOTO
from biye.casework.core.routing import Line, Point, owner
from biye.casework.queries.record_sheets import sheet_of
from biye.foundation.amounts import show_credits
from biye.foundation.identity import mask
from biye.records.models.facts import Fee
from biye.records.models.student import Student
from biye.seasons.core.season import Season
from biye.seasons.queries.schools import school


@dataclass(frozen=True, slots=True)
class PointShown:
    """一行数据 as the student sees it, and the office that answers for it."""

    point: Point
    label: str
    shown: str
    office: str


def point_shown(
    asker: Asker, season_id: int, season: Season, student_no: str, line: Line, key: str, today: date
) -> PointShown | None:
    """The line of that name in what one student within the scope sees; None where there is none."""
    related = ("centre", "chsi_photo", "personal")
    found = students_of(asker).select_related(*related).filter(student_no=student_no).first()
    if found is None:
        return None
    if line in (Line.FIELD, Line.OWN):
        return _field(found, season, line, key, today)
    if line is Line.FEE:
        return _fee(found, season, key)
    if line is Line.PHOTO:
        return _field(found, season, Line.FIELD, PHOTO, today)
    told = published(asker, season_id, student_no)
    return _concluded(explanation(told[1]), season, line, key) if told else None


def _shown(season: Season, point: Point, label: str, shown: str, office: str = "") -> PointShown:
    route = season.routes.get("notice_objection" if point.line is Line.NOTICE else "objection")
    offices = school().offices
    named = next((name for name, one in offices.items() if office and one.label == office), "")
    return PointShown(point, label, shown, named or owner(point, offices, route.office if route else None))


def _field(found: Student, season: Season, line: Line, key: str, today: date) -> PointShown | None:
    sheet = sheet_of(found, season, today)
    if line is Line.OWN:
        own = next((one for one in sheet.own if one.label == key), None)
        return _shown(season, Point(line, key), key, own.text) if own else None
    field = sheet.line(key)
    if field is None:
        return None
    return _shown(season, Point(line, key), key, mask(field.value) if field.is_secret else field.value)


def _fee(found: Student, season: Season, key: str) -> PointShown | None:
    """A fee by its id."""
    fee = Fee.objects.filter(student=found, pk=int(key)).first() if key.isdigit() else None
    if fee is None:
        return None
    paid = "未导入" if fee.paid is None else _yuan(fee.paid)
    label = f"{fee.kind} {fee.year}学年" if fee.year > 0 else fee.kind
    return _shown(season, Point(Line.FEE, key), label, f"应交 {_yuan(fee.due)}，已交 {paid}")


def _concluded(told: Explanation, season: Season, line: Line, key: str) -> PointShown | None:
    if line is Line.COURSE:
        return _course(told, season, key)
    if line is Line.EXAM:
        exam = next((one for one in told.exams if one.subject == key), None)
        return _shown(season, Point(line, key), f"统考「{key}」", exam.state) if exam else None
    if line is Line.CREDITS:
        shown = f"已修 {show_credits(told.earned)}，要求 {show_credits(told.asked)}" if told.asked >= 0 else ""
        return _shown(season, Point(line), "总学分", shown)
    if line is Line.CONCLUSION and key:
        finding = next((one for one in told.findings if one.rule == key), None)
        return _shown(season, Point(line, key), finding.label, finding.text, finding.office) if finding else None
    return _shown(season, Point(line), line.chinese, told.conclusion or told.why_not or "尚不能得出结论")


def _course(told: Explanation, season: Season, key: str) -> PointShown | None:
    """A course by its code; of several attempts the one that counts is shown, otherwise the last."""
    lines = [one for one in told.courses if one.code == key]
    if not lines:
        return None
    best = next((one for one in lines if one.counts), lines[-1])
    shown = "，".join(part for part in (best.result, best.note) if part)
    return _shown(season, Point(Line.COURSE, key, best.kind), f"{best.name}（{best.code}）", shown)


def _yuan(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d} 元"

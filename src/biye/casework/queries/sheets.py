"""打印: the plain sheet of a case, with its code; what is printed is what is shown now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of, within
from biye.casework.core import sheet_contents
from biye.casework.core.applying import EFFECTS, REASONS
from biye.casework.core.paper_codes import Paper, code_of, version_of
from biye.casework.core.sheets import Section, Sheet, pages, pdf
from biye.casework.core.showing import Document
from biye.casework.core.words import Kind
from biye.casework.models.case import Case
from biye.casework.queries.shown_documents import shown_documents
from biye.foundation.moments import closing_text
from biye.seasons.models.season import Season
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import season_file


@dataclass(frozen=True, slots=True)
class Printed:
    """打印件: the file, what it is called, and the code on every page."""

    content: bytes
    name: str
    code: str


def confirmation_sheet(asker: Asker, season_id: int, student_no: str, kind: Kind, at: datetime) -> Printed | None:
    """确认表、申请表 of one student within the scope as PDF; None before anything was published, or for an unwritten form."""
    sheet = _sheet(asker, season_id, student_no, kind, at, None)
    return None if sheet is None else Printed(pdf(sheet), f"{sheet.title}-{student_no}.pdf", sheet.code)


def appraisal_preview(asker: Asker, season_id: int, student_no: str, text: str, at: datetime) -> bytes | None:
    """自我鉴定的预览: the first page as a picture, of a text that may not be saved yet."""
    sheet = _sheet(asker, season_id, student_no, Kind.APPRAISAL, at, text)
    return None if sheet is None else pages(sheet)[0]


def _sheet(asker: Asker, season_id: int, student_no: str, kind: Kind, at: datetime, text: str | None) -> Sheet | None:
    student = students_of(asker).filter(student_no=student_no).first()
    if student is None or kind not in sheet_contents.SHEETS:
        return None
    showing = shown_documents(season_id, [student.pk]).get(student.pk)
    case = within(asker, Case.objects.filter(season_id=season_id, student=student, kind=kind)).first()
    if showing is None or (case is None and kind is not Kind.SIGN_OFF and text is None):
        return None
    season = Season.objects.get(pk=season_id)
    version = version_of(showing.mark) if kind is Kind.SIGN_OFF else case.steps if case else 0
    labels = {name: form.label for name, form in season_file(season.stem).forms.items()}
    return Sheet(
        title=sheet_contents.title(kind, labels),
        school=school().college,
        season=season.label,
        who=f"{student.name} {student.student_no}",
        code=code_of(Paper(season_id, student.pk, kind, version)),
        printed=f"{closing_text(at, school().zone)} 打印",
        sections=_sections(kind, showing.document, case.form if case else {}, text),
        statement=sheet_contents.statement(kind),
        signers=sheet_contents.signers(kind, school().centres.label),
    )


def _sections(kind: Kind, shown: Document, form: dict[str, Any], text: str | None) -> tuple[Section, ...]:
    if kind is Kind.SIGN_OFF:
        return sheet_contents.concluded(shown)
    if kind is Kind.APPRAISAL:
        return sheet_contents.appraised(shown, form.get("text", "") if text is None else text)
    return sheet_contents.applied(shown, form.get(REASONS, {}), tuple(form.get(EFFECTS, ())))

"""公布之后: the small school of the page tests with its conclusions released, and the students in person."""

import io
from base64 import b64encode
from datetime import datetime, timedelta

from PIL import Image, ImageDraw

from biye.accounts.core.asker import Asker
from biye.accounts.queries.seats import seats_of
from biye.audit.core.explain.document import explanation
from biye.audit.queries.explained import published
from biye.casework.actions.applying import apply
from biye.casework.actions.signing import sign
from biye.casework.core.applying import effects
from biye.casework.core.words import Kind, State
from biye.casework.models.case import Case
from biye.casework.queries.shown_documents import shown_to
from biye.records.models.student import Student
from biye.seasons.queries.seasons import season_file
from tests.pages.people import AT
from tests.pages.season import STEM, World

SOON = AT + timedelta(minutes=5)
PASSED, SHORT = "20200002", "20200001"
"""周建国 may graduate but lacks the degree's conditions; 林晓 owes credits."""
WRITTEN = {
    "平均分": "80.0",
    "主干课情况": "无主干课",
    "毕业论文情况": "未通过",
    "学位英语水平考试情况": "未通过，申请延期毕业",
}


def strokes() -> str:
    """A name drawn on the screen, as the page sends it."""
    sheet = Image.new("RGBA", (400, 160), (0, 0, 0, 0))
    ImageDraw.Draw(sheet).line((20, 20, 380, 140), fill=(0, 0, 0, 255), width=5)
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG")
    return f"data:image/png;base64,{b64encode(buffer.getvalue()).decode()}"


def in_person(world: World, number: str) -> Asker:
    """The student's own seat."""
    user = world.people.student if number == SHORT else world.people.other_student
    return seats_of(user.pk)[0]


def check_record(world: World, number: str) -> None:
    """The record was checked field by field."""
    student = Student.objects.get(student_no=number)
    Case.objects.create(
        season_id=world.season_id,
        student=student,
        kind=Kind.RECORD_CHECK,
        state=State.CONFIRMED,
        opened_at=AT,
        changed_at=AT,
    )


def mark_of(world: World, number: str) -> str:
    """The fingerprint of what the student is shown now."""
    showing = shown_to(in_person(world, number), world.season_id, number)
    assert showing is not None
    return showing.mark


def ticks(world: World, number: str, kind: Kind = Kind.SIGN_OFF) -> tuple[str, ...]:
    """Everything the student has to tick."""
    found = published(in_person(world, number), world.season_id, number)
    assert found is not None
    return effects(kind, season_file(STEM), explanation(found[1]))


def signed(world: World, number: str = PASSED, at: datetime = SOON) -> Case:
    """Checked and signed on the screen."""
    if not Case.objects.filter(student__student_no=number, kind=Kind.RECORD_CHECK).exists():
        check_record(world, number)
    return sign(
        world.season_id,
        number,
        mark=mark_of(world, number),
        ticked=ticks(world, number),
        strokes=strokes(),
        by=in_person(world, number),
        at=at,
    )


def deferred(world: World, at: datetime = SOON, **more: object) -> Case:
    """周建国 applies for deferral."""
    said: dict[str, object] = {"written": WRITTEN, "ticked": (), **more}
    return apply(world.season_id, PASSED, Kind.DEFERRAL, by=in_person(world, PASSED), at=at, **said)  # type: ignore[arg-type]

"""纸质表: what is printed carries the code of exactly this student, kind and version; a scanner reads it back."""

from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp

from biye.casework.actions.appraising import submit_appraisal
from biye.casework.core.paper_codes import Paper, read_code, version_of
from biye.casework.core.words import Kind
from biye.casework.queries.sheets import Printed, appraisal_preview, confirmation_sheet
from biye.records.models.student import Student
from tests.app.casework.published import (
    PASSED,
    SHORT,
    SOON,
    WRITTEN,
    World,
    deferred,
    in_person,
    mark_of,
)
from tests.app.casework.school import teacher_of
from tests.pages.people import populate
from tests.pages.season import audited_season

LONG = "阿不都热依木·买买提吐尔逊·阿卜杜拉"


@pytest.fixture
def world(transactional_db: None) -> World:
    return audited_season(populate())


def printed(world: World, kind: Kind, number: str = PASSED) -> Printed:
    found = confirmation_sheet(in_person(world, number), world.season_id, number, kind, SOON)
    assert found is not None
    return found


def pages(sheet: Printed) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(sheet.content))


def text(sheet: Printed) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pages(sheet))


def test_the_confirmation_says_everything_that_is_signed_and_every_page_can_be_scanned(world: World) -> None:
    Student.objects.filter(student_no=PASSED).update(name=LONG)
    sheet = printed(world, Kind.SIGN_OFF)
    said = text(sheet)
    wanted = ("毕业资格审查结论确认表", LONG, "学分及统考审核通过", "大学英语B", "本人签名", "第 1 页", sheet.code)
    assert [part for part in wanted if part.replace(" ", "") not in said.replace(" ", "").replace("\r\n", "")] == []
    student = Student.objects.get(student_no=PASSED)
    for page in pages(sheet):
        scanned = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
        paper = Paper(world.season_id, student.pk, Kind.SIGN_OFF, version_of(mark_of(world, PASSED)))
        assert [read_code(code.text) for code in scanned] == [paper]


def test_another_thing_shown_is_another_version(world: World) -> None:
    before = printed(world, Kind.SIGN_OFF).code
    Student.objects.filter(student_no=PASSED).update(name="周健国")
    assert printed(world, Kind.SIGN_OFF).code != before


def test_an_application_prints_what_was_written_and_names_its_step(world: World) -> None:
    asker = in_person(world, PASSED)
    assert confirmation_sheet(asker, world.season_id, PASSED, Kind.DEFERRAL, SOON) is None
    case = deferred(world)
    sheet = printed(world, Kind.DEFERRAL)
    said = text(sheet)
    assert [part for part in ("延缓毕业申请表", *WRITTEN.values(), "学习中心经办人") if part not in said] == []
    assert (read_code(sheet.code).version, sheet.name) == (case.steps, f"延缓毕业申请表-{PASSED}.pdf")


def test_the_appraisal_is_previewed_before_it_is_saved_and_printed_after(world: World) -> None:
    asker = in_person(world, PASSED)
    picture = appraisal_preview(asker, world.season_id, PASSED, "勤奋好学。", SOON)
    assert picture is not None
    assert picture[:4] == b"\x89PNG"
    submit_appraisal(world.season_id, PASSED, "勤奋好学，成绩良好。" * 12, by=asker, at=SOON + timedelta(minutes=1))
    assert "勤奋好学" in text(printed(world, Kind.APPRAISAL))


def test_nobody_prints_somebody_elses_sheet(world: World) -> None:
    far = teacher_of(Student.objects.get(student_no=PASSED))
    assert confirmation_sheet(far, world.season_id, SHORT, Kind.SIGN_OFF, SOON) is None
    assert confirmation_sheet(far, world.season_id, PASSED, Kind.SIGN_OFF, SOON) is not None
    assert confirmation_sheet(far, world.season_id, PASSED, Kind.WITHDRAWAL, SOON) is None

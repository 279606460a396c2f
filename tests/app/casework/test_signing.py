"""签字确认: bound to what was shown; every piece of bad luck has a kind answer and loses nothing."""

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile

from biye.casework.actions.keeping import keep_shown
from biye.casework.actions.signing import sign, sign_on_site, upload_signed
from biye.casework.core.showing import SHOWN
from biye.casework.core.words import Kind
from biye.casework.models.case import Case, CaseFile, Shown, Step
from biye.casework.queries.shown_documents import has_seen, shown_documents, shown_to, signed_by
from biye.foundation.errors import Reason, Refused
from biye.foundation.moments import moment
from biye.machinery.ledger.models.entry import Entry
from biye.records.models.student import Student
from tests.app.casework.published import (
    AT,
    PASSED,
    SHORT,
    SOON,
    World,
    check_record,
    deferred,
    in_person,
    mark_of,
    signed,
    strokes,
    ticks,
)
from tests.app.casework.school import teacher_of
from tests.pages.people import populate
from tests.pages.season import audited_season

NO_MORE_DEGREE = "毕业之后不能再补足学位申请条件，本次毕业后不能再申请学位"


@pytest.fixture
def world(transactional_db: None) -> World:
    return audited_season(populate())


def refused(doing: Callable[[], object]) -> tuple[Reason, ...]:
    with pytest.raises(Refused) as caught:
        doing()
    return caught.value.reasons


def codes(doing: Callable[[], object]) -> list[str]:
    return [reason.code for reason in refused(doing)]


def signing(world: World, number: str = PASSED, **more: object) -> Callable[[], Case]:
    said: dict[str, object] = {
        "mark": mark_of(world, number),
        "ticked": ticks(world, number),
        "strokes": strokes(),
        "by": in_person(world, number),
        "at": SOON,
        **more,
    }
    return lambda: sign(world.season_id, number, **said)  # type: ignore[arg-type]


def test_a_signature_on_the_screen_names_what_was_shown_and_keeps_the_strokes(world: World) -> None:
    case = signed(world)
    step, kept, shown = Step.objects.get(case=case), CaseFile.objects.get(case=case), Shown.objects.get()
    assert (case.state, step.detail["way"], step.detail[SHOWN]) == ("signed", "screen", shown.fingerprint)
    assert (kept.purpose, kept.media, shown.first_at, shown.student.student_no) == (
        "signature",
        "image/png",
        SOON,
        PASSED,
    )
    assert shown.document["record"]["姓名"] == "周建国"
    said = signed_by(
        in_person(world, PASSED), world.season_id, PASSED, shown_to(in_person(world, PASSED), world.season_id, PASSED)
    )
    assert said is not None
    assert (said.is_current, said.changed) == (True, ())


def test_whoever_cannot_draw_types_the_full_name(world: World) -> None:
    check_record(world, PASSED)
    reasons = refused(signing(world, strokes="", typed_name="周建"))
    assert [(reason.code, reason.details) for reason in reasons] == [("name_differs", {"name": "周建国"})]
    case = signing(world, strokes="", typed_name=" 周建国 ")()
    assert (case.state, Step.objects.get(case=case).detail["way"], CaseFile.objects.count()) == ("signed", "typed", 0)


def test_signed_twice_it_counts_once(world: World) -> None:
    first, again = signed(world), signing(world)()
    assert (first.pk, again.steps, Step.objects.filter(case=first).count()) == (again.pk, 1, 1)
    assert Entry.objects.filter(action="sign_off.sign").count() == 1


def test_nothing_is_signed_before_the_record_is_checked_and_the_effects_are_ticked(world: World) -> None:
    assert ticks(world, PASSED) == (NO_MORE_DEGREE,)
    assert codes(signing(world, ticked=())) == ["record_not_checked", "effects_accepted"]
    assert (Case.objects.filter(kind=Kind.SIGN_OFF).count(), Shown.objects.count()) == (0, 0)


def test_an_empty_sheet_signs_nothing(world: World) -> None:
    check_record(world, PASSED)
    assert codes(signing(world, strokes="")) == ["signature_missing"]
    assert not Case.objects.filter(kind=Kind.SIGN_OFF).exists()


@pytest.mark.parametrize(
    ("at", "expected"),
    [("2022-06-15 23:59", []), ("2022-06-15 24:00", ["too_late"]), ("2022-06-16 00:01", ["too_late"])],
)
def test_the_deadline_may_pass_while_the_page_is_open(world: World, at: str, expected: list[str]) -> None:
    check_record(world, PASSED)
    doing = signing(world, at=moment(at))
    assert (codes(doing) if expected else [doing()][1:]) == expected


def test_what_changed_between_reading_and_signing_is_said(world: World) -> None:
    check_record(world, PASSED)
    asker = in_person(world, PASSED)
    showing = shown_to(asker, world.season_id, PASSED)
    assert showing is not None
    student = Student.objects.get(student_no=PASSED)
    keep_shown(world.season_id, {student.pk: showing}, at=AT)
    assert has_seen(asker, world.season_id, PASSED, showing.mark)
    doing = signing(world)
    Student.objects.filter(pk=student.pk).update(ethnicity="回族")
    reason = refused(doing)[0]
    assert (reason.code, reason.details) == ("shown_changed", {"changes": "学籍信息「民族」由“空”改为“回族”"})
    assert not has_seen(asker, world.season_id, PASSED, mark_of(world, PASSED))


def test_a_choice_under_way_has_to_be_settled_first(world: World) -> None:
    deferred(world)
    check_record(world, PASSED)
    assert codes(signing(world)) == ["choice_settled"]


def test_a_signed_sheet_is_uploaded_and_waits_for_the_centre(world: World) -> None:
    check_record(world, SHORT)

    def send(data: bytes) -> Case:
        return upload_signed(
            world.season_id,
            SHORT,
            mark=mark_of(world, SHORT),
            ticked=(),
            upload=ContentFile(data, "表.pdf"),
            by=in_person(world, SHORT),
            at=SOON,
        )

    assert codes(lambda: send(b"%PDF-1.7 half")) == ["upload_broken"]
    assert not Case.objects.filter(kind=Kind.SIGN_OFF).exists()
    case = send(b"%PDF-1.7 whole %%EOF")
    assert (case.state, CaseFile.objects.get(case=case).purpose) == ("uploaded", "signed_form")
    assert send(b"%PDF-1.7 whole %%EOF").steps == 1


def test_before_the_teacher_it_is_another_state_for_ever(world: World) -> None:
    check_record(world, SHORT)
    teacher = teacher_of(Student.objects.get(student_no=SHORT))
    case = sign_on_site(world.season_id, SHORT, mark=mark_of(world, SHORT), by=teacher, at=SOON)
    assert case.state == "signed_on_site"
    far = teacher_of(Student.objects.get(student_no=PASSED))
    assert codes(lambda: sign_on_site(world.season_id, SHORT, mark="", by=far, at=SOON)) == ["no_such_student"]


def test_nobody_signs_for_somebody_else_or_before_anything_is_published(world: World) -> None:
    assert codes(signing(world, by=in_person(world, SHORT))) == ["no_such_student"]
    outsider = Student.objects.get(student_no="20200004")
    assert shown_documents(world.season_id, [outsider.pk]).keys() <= {outsider.pk}
    world.publication.state = "withdrawn"
    world.publication.save()
    assert codes(
        lambda: sign(
            world.season_id, PASSED, mark="x", ticked=(), strokes=strokes(), by=in_person(world, PASSED), at=SOON
        )
    ) == ["nothing_published"]

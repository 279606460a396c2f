"""权限: every page, before everybody. The pages come from the addresses, so a new one without its line here fails."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from biye.accounts.core.permissions import TABLE, Permission
from biye.accounts.core.roles import Role
from biye.audit.models.override import Override
from biye.casework.core.words import Kind, State
from biye.casework.models.bulk import BulkAct
from biye.casework.models.case import Case, CaseFile
from biye.foundation.actor import SYSTEM
from biye.machinery.exchange.models.batch import ImportBatch
from biye.machinery.jobs.models.job import Job
from biye.photos.actions.uploading import upload_photo
from biye.photos.models.photo import Photo
from biye.records.actions.imports import receive_import
from tests import photo_files
from tests.architecture.tree import python_files
from tests.pages.people import AT, People, populate, signed_in
from tests.pages.season import STEM, World, audit_now, audited_season
from tests.workbooks import school_files

ROLES = {
    "student": Role.STUDENT,
    "other student": Role.STUDENT,
    "centre": Role.CENTRE,
    "other centre": Role.CENTRE,
    "college": Role.COLLEGE,
}
OPEN_TO_ALL = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "choose_seat",
}
# Pages about one student, 林晓 of 河东: whom it concerns, besides the college.
ABOUT_ONE_STUDENT: dict[str, set[str]] = {
    "student": {"centre", "college"},
    "student_what_if": {"centre", "college"},
    "reveal_identity": {"student", "centre", "college"},
    "photo_student": {"centre", "college"},
    "photo_desk_one": {"centre", "college"},
    "photo_picture": {"student", "centre", "college"},
    "photo_decide": {"centre", "college"},
    "photo_undo": {"centre", "college"},
    "photo_student_upload": {"centre", "college"},
    "photo_standardise": {"centre", "college"},
    "photo_restore": {"centre", "college"},
    "photo_handle": {"centre", "college"},
    "photo_review": {"centre", "college"},
    "case": {"centre", "college"},
    "case_act": {"centre", "college"},
    "case_file": {"student", "centre", "college"},
    "bulk_act": {"college"},
    "bulk_act_undo": {"college"},
    "centre_paper_undo": {"centre"},
    "centre_sign": {"centre"},
    "centre_confirm": {"centre"},
    "centre_witness": {"centre"},
    "centre_enter": {"centre"},
    "centre_enter_appraisal": {"centre"},
    "centre_enter_application": {"centre"},
    "student_correction": {"student"},
    "student_correction_submit": {"student"},
    "student_correction_withdraw": {"student"},
    "student_file_keep": {"student"},
    "student_file_remove": {"student"},
    # Nothing was handed in or written here, so there is nothing to print yet.
    "student_application_sheet": set(),
    "student_appraisal_preview": set(),
    # The case at hand is a correction; an objection has a page of another name.
    "student_objection": set(),
    "student_objection_withdraw": set(),
    "case_objection_uphold": set(),
    "case_correction_forward": {"centre"},
    "case_correction_approve": {"college"},
    "case_correction_numbers": {"centre", "college"},
    "centre_entries": {"centre"},
    "centre_correction": {"centre"},
    "centre_objection": {"centre"},
    "college_withdrawal_announce": {"college"},
    "college_override": {"college"},
    "college_override_withdraw": {"college"},
}
# What an address may name that belongs to one student.
OF_ONE_STUDENT = {"student_no", "case_id", "file_id", "photo_id", "override_id", "bulk_id"}
# What a student tries of the own record; teachers do it from the student's page.
OWN_RECORD = {"student_own_what_if", "student_photo", "student_photo_try"}
# Somebody's own jobs: the officer started this one.
OWN = {"message", "message_cancel", "message_retry", "message_download"}
# A page of one kind of job, which the officer's job is not: nobody has it here.
OF_ONE_KIND = {"photo_upload_report"}


def patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        else:
            yield one


PAGES = {str(pattern.name): pattern for pattern in patterns(get_resolver().url_patterns) if pattern.name}


def permission_of(name: str) -> Permission | None:
    return PAGES[name].callback.entrance.permission  # type: ignore[attr-defined,no-any-return]


def holders(name: str) -> set[str]:
    """Whose role the table names."""
    permission = permission_of(name)
    return {who for who, role in ROLES.items() if permission is None or role in TABLE[permission][1]}


def expected(name: str) -> set[str]:
    """Who finds the page: whose role the table names, and whom its student concerns."""
    if name in OWN:
        return holders(name) & {"college"}
    if name in OF_ONE_KIND:
        return set()
    if name in OWN_RECORD:
        return holders(name) & {"student", "other student"}
    return holders(name) & ABOUT_ONE_STUDENT.get(name, holders(name))


@pytest.fixture
def world(transactional_db: None) -> World:
    return audited_season(populate())


def arguments(world: World) -> dict[str, object]:
    """One thing of each kind that an address may name."""
    batch = receive_import(files=school_files(), choices={}, by=SYSTEM, at=AT)
    ImportBatch.objects.filter(pk=batch.pk).update(mend=batch.files.get(name="成绩.xlsx").file.name)
    job = Job.objects.create(
        kind="export_students",
        title="导出",
        state=Job.State.DONE,
        started_by=world.people.college.pk,
        started_by_name="张老师",
        created_at=AT,
        file=batch.files.get(name="成绩.xlsx").file.name,
        file_name="名单.xlsx",
        expires_at=AT + timedelta(days=7),
    )
    student = world.people.student.seats.get().student
    override = Override.objects.create(
        season_id=world.season_id, student=student, rule="credits", verdict=1, reason="核实", given_at=AT
    )
    case = Case.objects.create(
        season_id=world.season_id,
        student=student,
        kind=Kind.CORRECTION,
        about="姓名",
        state=State.AT_COLLEGE,
        opened_at=AT,
        changed_at=AT,
    )
    kept = CaseFile.objects.create(
        case=case,
        purpose=CaseFile.Purpose.EVIDENCE,
        name="身份证.pdf",
        path=batch.files.get(name="成绩.xlsx").file.name,
        digest="0" * 64,
        media="application/pdf",
        size=1,
        at=AT,
        by_name="林晓",
    )
    bulk = BulkAct.objects.create(season_id=world.season_id, event="approve", at=AT, by_role="college", is_done=True)
    return {
        "case_id": case.pk,
        "file_id": kept.pk,
        "bulk_id": bulk.pk,
        "kind": "deferral",
        "stem": STEM,
        "student_no": "20200001",
        "user_id": world.people.centre.pk,
        "seat_id": world.people.centre.seats.get().pk,
        "batch_id": batch.pk,
        "job_id": job.pk,
        "run_id": audit_now(world.rules, AT + timedelta(hours=1)).pk,
        "rules_id": world.rules.pk,
        "publication_id": world.publication.pk,
        "override_id": override.pk,
        "photo_id": kept_photo(world).pk,
    }


def kept_photo(world: World) -> Photo:
    """林晓's graduation photo."""
    return upload_photo(
        "20200001",
        purpose=Photo.Purpose.GRADUATION,
        name=photo_files.NAME,
        data=photo_files.good(),
        stem=STEM,
        by=world.officer,
        at=AT,
    )


def statuses(people: People, address: str, name: str, method: str) -> dict[str, int]:
    found = {}
    for who, user in people.items().items():
        client = signed_in(user)
        answer = client.get(address) if method == "GET" else client.post(address)
        if answer.streaming:
            b"".join(answer)
        found[who] = answer.status_code
    return found


def test_every_page_says_who_may_enter() -> None:
    unguarded = [name for name, one in PAGES.items() if not hasattr(one.callback, "entrance")]
    assert sorted(unguarded) == sorted(OPEN_TO_ALL)


def test_every_address_has_a_name() -> None:
    assert [one for one in patterns(get_resolver().url_patterns) if not one.name] == []


def test_every_page_about_one_student_says_whom_it_concerns() -> None:
    """So that the addresses of another centre's student are guessed below, for every page that has one."""
    about_one = {name for name, one in PAGES.items() if OF_ONE_STUDENT & set(one.pattern.converters)}
    named_otherwise = {"student_application_sheet", "student_appraisal_preview"}
    assert about_one == set(ABOUT_ONE_STUDENT) - named_otherwise
    assert not any({"other student", "other centre"} & concerned for concerned in ABOUT_ONE_STUDENT.values())


def test_every_permission_is_asked_for_somewhere() -> None:
    asked = {
        name
        for path in python_files("src")
        if path.name != "permissions.py"
        for name in re.findall(r"\bPermission\.([A-Z_]+)", path.read_text())
    }
    assert asked == set(Permission.__members__)


def test_every_page_is_there_for_whoever_may_and_for_nobody_else(world: World) -> None:
    """Reading. A page that only takes forms answers 405 to every role that may send one, before it looks for anything."""
    known = arguments(world)
    wrong = {}
    for name in sorted(set(PAGES) - OPEN_TO_ALL):
        wanted = {key: known[key] for key in PAGES[name].pattern.converters}
        found = statuses(world.people, reverse(name, kwargs=wanted), name, "GET")
        seen = {who for who, status in found.items() if status in (200, 302, 405) and who != "nobody"}
        only_forms = 405 in found.values()
        if (
            seen != (holders(name) if only_forms else expected(name))
            or found["nobody"] != 302
            or not set(found.values()) <= {200, 302, 404, 405}
        ):
            wrong[name] = found
    assert wrong == {}


def test_a_form_of_somebody_without_the_permission_goes_nowhere(world: World) -> None:
    """Writing. Only those who may not are tried, so that nothing happens to what the next page needs."""
    known = arguments(world)
    wrong = {}
    for name in sorted(set(PAGES) - OPEN_TO_ALL):
        address = reverse(name, kwargs={key: known[key] for key in PAGES[name].pattern.converters})
        for who, user in world.people.items().items():
            status = signed_in(user).post(address).status_code if who not in expected(name) else 404
            if status not in ({302} if user is None else {404, 405}):
                wrong[name, who] = status
    assert wrong == {}


def test_nobody_signed_in_is_led_to_the_sign_in_page(db: None) -> None:
    client = signed_in(None)
    led = {client.get(reverse(name)).headers["Location"].partition("?")[0] for name in ("landing", "college_ledger")}
    assert led == {"/account/login/"}

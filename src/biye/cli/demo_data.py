"""Demonstration data 演示数据: fill one installation the way an office does: sheets in, audit, publish, logins.

Run by `biye demo` for each of its sites, in the environment of that site.
"""

import json
from pathlib import Path
from typing import Any

from biye.cli.installation import open_installation


def fill(folder: Path, season: str, students: int, seed: int) -> None:
    """From an empty folder to published conclusions; what is shown to the visitor is left in logins.json."""
    open_installation()
    from django.conf import settings
    from django.core.management import call_command

    from biye.audit.core.loading import load_season
    from biye.audit.core.sample.invention import invent
    from biye.cli.sample import write
    from biye.machinery import clock
    from biye.records.actions.centres import give_centre_telephones
    from biye.seasons.queries.schools import school

    call_command("migrate", verbosity=0, interactive=False)
    sheets = folder / "sheets"
    sheets.mkdir(exist_ok=True)
    invention = invent(load_season(settings.SCHOOL_FOLDER, season), students, seed)
    names = write(sheets, invention)
    officer, password = make_officer()
    season_id = open_the_season(season, officer)
    take_in([(name, (sheets / name).read_bytes()) for name in names], officer)
    give_centre_telephones(invention.cohort.centre_telephone, by=officer.actor, at=clock.now())
    run_id = audit_and_publish(season_id, officer)
    college = {"role": "学院老师", "name": officer.name, "username": "college", "password": password}
    logins = [*make_logins(run_id, officer), college]
    (folder / "logins.json").write_text(json.dumps({"school": school().school, "logins": logins}, ensure_ascii=False))


def make_officer() -> tuple[Any, str]:
    """学院老师: who does all that follows, as the ledger will say."""
    from biye.accounts.actions.accounts import create_teacher
    from biye.accounts.queries.seats import seats_of
    from biye.foundation.actor import SYSTEM
    from biye.machinery import clock

    made = create_teacher(username="college", name="学院老师", by=SYSTEM, at=clock.now())
    keep_password(made)
    return seats_of(made.user_id)[0], made.password


def keep_password(made: Any) -> None:
    """A visitor signs in with what is on the screen and is not asked for a password of their own first."""
    from biye.accounts.actions.accounts import note_changed_password
    from biye.foundation.actor import SYSTEM
    from biye.machinery import clock

    note_changed_password(user_id=made.user_id, by=SYSTEM, at=clock.now())


def open_the_season(stem: str, officer: Any) -> int:
    from biye.machinery import clock
    from biye.seasons.actions.seasons import open_season

    return open_season(stem=stem, by=officer.actor, at=clock.now())


def take_in(files: list[tuple[str, bytes]], officer: Any) -> None:
    """Look, then accept, doubtful rows as well; the refused ones stay with the import for whoever wants to see them."""
    from biye.machinery import clock
    from biye.records.actions.imports import accept_import, preview_import, receive_import
    from biye.seasons.queries.imports import sheet_settings

    found = sheet_settings()
    batch = receive_import(files=files, choices={}, by=officer.actor, at=clock.now())
    preview_import(batch.pk, settings=found, by=officer.actor, at=clock.now())
    accept_import(batch.pk, settings=found, include_asked=True, by=officer.actor, at=clock.now())


def audit_and_publish(season_id: int, officer: Any) -> int:
    """Through the queue, so that the message centre shows what an office would see there."""
    from biye.audit.actions.begin import begin_audit, begin_publication
    from biye.audit.actions.publications import release_publication
    from biye.machinery import clock
    from biye.machinery.jobs.worker import work

    audit = begin_audit(season_id, only_changed=False, by=officer, at=clock.now())
    work(until_empty=True)
    run_id = result_of(audit)["run_id"]
    publication = begin_publication(run_id, by=officer, at=clock.now())
    work(until_empty=True)
    release_publication(result_of(publication)["publication_id"], by=officer, at=clock.now())
    return int(run_id)


def result_of(job: Any) -> dict[str, Any]:
    job.refresh_from_db()
    if job.state != job.State.DONE:
        raise SystemExit(f"{job}：{job.get_state_display()} {job.message}")
    result: dict[str, Any] = job.result
    return result


def make_logins(run_id: int, officer: Any) -> list[dict[str, str]]:
    """A student who is short of something, one who is not, and the first one's centre."""
    from biye.accounts.actions.accounts import create_student_logins, create_teacher
    from biye.audit.models.run import Outcome
    from biye.foundation.verdicts import Truth
    from biye.machinery import clock

    candidates = Outcome.objects.filter(run_id=run_id, candidate=Truth.TRUE, unknown=0, student__centre__isnull=False)
    candidates = candidates.select_related("student__centre").order_by("student__student_no")
    short = candidates.exclude(not_met=0).first()
    fine = candidates.filter(not_met=0).first()
    students = [outcome.student for outcome in (short, fine) if outcome is not None]
    numbers = [student.student_no for student in students]
    made = [
        one for some in create_student_logins(student_nos=numbers, by=officer.actor, at=clock.now()) for one in some
    ]
    logins = [{"role": "学生", "name": one.name, "username": one.username, "password": one.password} for one in made]
    if students and (centre := students[0].centre) is not None:
        teacher = create_teacher(
            username="centre", name=f"{centre.name}老师", centre_code=centre.code, by=officer.actor, at=clock.now()
        )
        made.append(teacher)
        logins.append(
            {"role": "学习中心老师", "name": teacher.name, "username": teacher.username, "password": teacher.password}
        )
    for one in made:
        keep_password(one)
    return logins


if __name__ == "__main__":
    import sys

    place, stem, count, number = sys.argv[1:]
    fill(Path(place), stem, int(count), int(number))

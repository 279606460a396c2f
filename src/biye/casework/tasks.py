"""办理的后台任务: reminders and letters."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.seats import seat_by_id, seat_with
from biye.casework.core.reminder_words import LETTERS, SUMMARY
from biye.foundation.actor import SYSTEM
from biye.foundation.errors import Reason, Refused
from biye.machinery import clock
from biye.machinery.jobs.kinds import kind
from biye.machinery.jobs.progress import Progress
from biye.seasons.models.season import Season


@kind("remind_due", "提醒学生")
def remind(progress: Progress, *, season_id: int, at: str = "") -> dict[str, Any]:
    """Remind all who are due, within the scope of whoever asked (the system: everybody), and send what waits.

    Without a moment it is the one at which the work is done: what waited all night must not act as if it were evening.
    """
    from biye.casework.actions.delivering import deliver
    from biye.casework.actions.reminding import remind_due

    asker = None
    if progress.job.started_by is not None:
        asker = seat_with(progress.job.started_by, Permission.REMIND)
        if asker is None:
            raise Refused(Reason("no_longer_allowed"))
    moment = datetime.fromisoformat(at) if at else clock.now()
    told = remind_due(season_id=season_id, by=asker, at=moment, progress=progress.report)
    letters = asdict(deliver(at=moment, progress=progress.report))
    says = SUMMARY.format(told=told, **letters)
    return {"stem": Season.objects.get(pk=season_id).stem, "told": told, **letters, "says": says}


@kind("deliver_messages", "发送通知")
def send(progress: Progress, *, up_to: int) -> dict[str, Any]:
    """Send the letters that wait; `up_to` names the newest of those that this job was made for."""
    from biye.casework.actions.delivering import deliver

    letters = asdict(deliver(at=clock.now(), progress=progress.report))
    return {**letters, "says": LETTERS.format(**letters)}


@kind("bulk_act", "成批办理")
def bulk(progress: Progress, *, bulk_id: int, seat_id: int) -> dict[str, Any]:
    """One act on many cases; killed and begun again it goes on where it stopped."""
    from biye.casework.actions.bulk import carry_out

    asker = seat_by_id(progress.job.started_by, seat_id)
    if asker is None or not (asker.may(Permission.DECIDE_CASES) or asker.may(Permission.HANDLE_CASES)):
        raise Refused(Reason("no_longer_allowed"))
    act = carry_out(bulk_id, by=asker, at=clock.now(), progress=progress.report)
    return {"bulk_id": act.pk, "moved": len(act.moved), "refused": len(act.refused)}


@kind("lapse_signatures", "核对签字是否仍然有效")
def lapse(progress: Progress, *, season_id: int, at: str) -> dict[str, Any]:
    """Lapse every signature of a season under what is no longer shown, and tell whoever signed."""
    from biye.casework.actions.lapsing import lapse_changed

    return asdict(lapse_changed(season_id, at=datetime.fromisoformat(at), progress=progress.report))


@kind("follow_up", "更正后重新审查")
def audit_again(progress: Progress, *, season_id: int, up_to: int) -> dict[str, Any]:
    """Audit again whoever's figure was corrected, and tell them what moved; `up_to` names the newest correction asked for."""
    from biye.casework.actions.following_up import follow_up

    asker = seat_with(progress.job.started_by, Permission.DECIDE_CASES)
    if asker is None:
        raise Refused(Reason("no_longer_allowed"))
    job, report = progress.job.id, progress.report
    return {"corrections": follow_up(season_id, by=asker.actor, at=clock.now(), job_id=job, progress=report)}


@kind("agree_to_passing", "预毕业确认")
def agree(progress: Progress, *, season_id: int, event: str, at: str, seat_id: int) -> dict[str, Any]:
    """同意毕业 for everybody who passes."""
    from biye.casework.actions.confirming import agree_to_passing
    from biye.casework.core.words import Event

    asker = seat_by_id(progress.job.started_by, seat_id)
    if asker is None or not asker.may(Permission.DECIDE_CASES):
        raise Refused(Reason("no_longer_allowed"))
    moment = datetime.fromisoformat(at)
    act = agree_to_passing(season_id, Event(event), by=asker, at=moment, progress=progress.report)
    return {"bulk_id": act.pk, "moved": len(act.moved), "refused": len(act.refused)}


@kind("export_photos", "打包毕业照片")
def export_photos(progress: Progress, *, season_id: int, seat_id: int, at: str) -> dict[str, Any]:
    """The photos of those who graduate, named by identity number; nobody else's."""
    from biye.casework.queries.graduating import graduating
    from biye.photos.actions.packing import SHOWN, pack_photos

    asker = seat_by_id(progress.job.started_by, seat_id)
    if asker is None or not asker.may(Permission.EXPORT_PHOTOS):
        raise Refused(Reason("no_longer_allowed"))
    stem = Season.objects.get(pk=season_id).stem
    found = graduating(asker, season_id, progress.report)
    with TemporaryDirectory() as folder:
        path = Path(folder, "photos.zip")
        moment, about = datetime.fromisoformat(at), f"{stem}:{found.basis}"
        packed = pack_photos(found.ids, path, about=about, by=asker, at=moment, progress=progress.report)
        if packed.taken:
            progress.attach(path, "毕业照片.zip")
    return {
        "season": stem,
        "basis": found.basis.value,
        "graduating": len(found.ids),
        "taken": packed.taken,
        "left_out": [[why.chinese, count] for why, count in packed.counts.most_common()],
        "students": [[number, name, why.chinese] for number, name, why in packed.students[:SHOWN]],
    }


@kind("settle_deadline", "到期结转")
def settle_one(progress: Progress, *, season_id: int, entry: str) -> dict[str, Any]:
    """结转 one closing moment of the calendar."""
    from biye.casework.actions.settling import settle

    actor = SYSTEM
    if progress.job.started_by is not None:
        asker = seat_with(progress.job.started_by, Permission.SETTLE_DEADLINES)
        if asker is None:
            raise Refused(Reason("no_longer_allowed"))
        actor = asker.actor
    done = settle(season_id, entry, by=actor, at=clock.now(), progress=progress.report)
    return {"stem": done.season.stem, "entry": entry, "counts": done.counts}


@kind("nudge_students", "提醒选中的学生")
def nudge(progress: Progress, *, run_id: int, seat_id: int, chosen: dict[str, Any], at: str) -> dict[str, Any]:
    """Remind everybody a filter of the roster finds, a thousand at a time; whoever was told is not told again."""
    from biye.audit.queries.results import Filter, numbers_of
    from biye.casework.actions.nudging import nudge_all

    asker = seat_by_id(progress.job.started_by, seat_id)
    if asker is None or not asker.may(Permission.REMIND):
        raise Refused(Reason("no_longer_allowed"))
    season_id, numbers = numbers_of(asker, run_id, Filter(**chosen))
    moment = datetime.fromisoformat(at)
    return asdict(nudge_all(season_id, numbers, by=asker, at=moment, progress=progress.report))

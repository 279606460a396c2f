"""账户的后台任务."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from biye.accounts.actions.accounts import create_student_logins
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.accounts import students_without_login
from biye.accounts.queries.seats import seat_with
from biye.machinery.exchange.core.writer import Page, write_xlsx
from biye.machinery.jobs.kinds import kind
from biye.machinery.jobs.progress import Progress


@kind("student_logins", "批量新建学生账户")
def student_logins(progress: Progress, *, centre_code: str, at: str) -> dict[str, Any]:
    """An account for every student who has none, and a sheet with the initial passwords, to be cut into slips.

    After a crash the passwords of what was made are lost with the sheet; whoever has not signed in yet gets a new one.
    """
    asker = seat_with(progress.job.started_by, Permission.MANAGE_ACCOUNTS)
    moment = datetime.fromisoformat(at)
    wanted = students_without_login(asker, centre_code, lost_at=moment) if asker else []
    rows: list[list[str]] = []
    progress.report(0, len(wanted))
    for made in create_student_logins(student_nos=wanted, by=asker.actor, at=moment) if asker else ():
        rows += [[one.username, one.name, one.password] for one in made]
        progress.report(len(rows), len(wanted))
    with TemporaryDirectory() as folder:
        path = Path(folder, "logins.xlsx")
        write_xlsx(str(path), [Page("学生账户", ["用户名（学号）", "姓名", "初始密码"], rows)])
        progress.attach(path, "学生账户与初始密码.xlsx")
    return {"made": len(rows)}

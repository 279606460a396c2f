"""基准: a season of 100,000 candidates: pages of the office and of a centre, settlement of a deadline, approval in bulk.

    python -m benchmarks.season [--students N] [--database postgresql|sqlite] [--results FILE]

Pages are asked for through Django's own test client, sign-in, scope and template included; the network is not.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from benchmarks.audit import TITLES, database
from benchmarks.results import put

STUDENTS, APPLICATIONS, ROUNDS = 100_000, 10_000, 40
PAGES = {
    "学院：批次总览": ("college", "/college/seasons/{stem}/"),
    "学院：花名册": ("college", "/seasons/{stem}/students/"),
    "学院：花名册（按结论筛选）": ("college", "/seasons/{stem}/students/?conclusion=0"),
    "学院：办理队列": ("college", "/seasons/{stem}/cases/"),
    "学院：延缓毕业队列": ("college", "/seasons/{stem}/cases/?kind=deferral"),
    "学院：预毕业确认": ("college", "/college/seasons/{stem}/confirming/"),
    "学院：缓毕业管理": ("college", "/college/seasons/{stem}/deferrals/"),
    "学习中心：工作台": ("centre", "/centre/"),
    "学习中心：花名册": ("centre", "/seasons/{stem}/students/"),
    "学习中心：办理队列": ("centre", "/seasons/{stem}/cases/"),
    "学习中心：纸质材料": ("centre", "/centre/seasons/{stem}/papers/"),
}
type Figures = dict[str, list[str]]


def work(students: int) -> Figures:
    """Everything, in one process that has one database to itself."""
    import django

    django.setup()
    from django.conf import settings

    # The installation needs no collected files while it is made ready; from here on it behaves as one in use.
    settings.DEBUG = False
    from benchmarks import steps
    from biye.audit.actions.run_audit import run_audit
    from biye.audit.models.run import Rules
    from biye.foundation.actor import SYSTEM

    steps.make(students)
    run = run_audit(Rules.objects.get().pk, by=SYSTEM, at=steps.AT, now=steps.AT)
    officer, found = _publish(run.pk)
    _cases(run.season_id)
    found |= _pages(run.season.stem)
    found |= _bulk(run.season_id, officer)
    found |= _settlement(run.season_id)
    return found


def _publish(run_id: int) -> tuple[object, Figures]:
    from benchmarks import steps
    from biye.accounts.core.asker import Asker
    from biye.accounts.core.roles import Role
    from biye.audit.actions.publications import prepare_publication, release_publication

    officer = Asker(1, "赵老师", Role.COLLEGE, 1)
    at = steps.AT - timedelta(days=9)
    began = time.perf_counter()
    publication = prepare_publication(run_id, by=officer, at=at)
    prepared = time.perf_counter() - began
    began = time.perf_counter()
    released = release_publication(publication.pk, by=officer, at=at)
    rate = released.students / prepared
    return officer, {
        f"准备公布 {released.students:,} 人": [f"{prepared:.1f} 秒", f"每秒 {rate:,.0f} 人"],
        "公布": [f"{time.perf_counter() - began:.2f} 秒", ""],
    }


def _cases(season_id: int) -> None:
    """What a season looks like in its last week; not timed."""
    from benchmarks import steps
    from biye.casework.core.words import Kind, State
    from biye.casework.models.case import Case
    from biye.records.models.student import Student

    ids = list(Student.objects.order_by("id").values_list("id", flat=True))
    at = steps.AT - timedelta(days=3)
    plan = [
        (Kind.DEFERRAL, State.AT_COLLEGE, ids[:APPLICATIONS], "records"),
        (Kind.DEFERRAL, State.SUBMITTED, ids[APPLICATIONS : 2 * APPLICATIONS], "records"),
        (Kind.OBJECTION, State.AT_COLLEGE, ids[::20], "support"),
        (Kind.CORRECTION, State.SUBMITTED, ids[::25], "records"),
        (Kind.SIGN_OFF, State.SIGNED, ids[len(ids) // 2 :], "records"),
        (Kind.RECORD_CHECK, State.CONFIRMED, ids[len(ids) // 3 :], "records"),
    ]
    for kind, state, students, office in plan:
        cases = (
            Case(
                season_id=season_id, student_id=one, kind=kind, state=state, office=office, opened_at=at, changed_at=at
            )
            for one in students
        )
        Case.objects.bulk_create(cases, batch_size=5_000)


def _pages(stem: str) -> Figures:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from benchmarks import steps
    from biye.accounts.models.user import Seat, User
    from biye.records.models.centre import Centre

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.CLOCK_OFFSET = steps.AT - timedelta(days=2) - timezone.now()
    clients = {}
    for role, centre in (("college", None), ("centre", Centre.objects.order_by("id")[0])):
        user = User.objects.create(username=f"benchmark-{role}", name="赵老师", has_initial_password=False)
        Seat.objects.create(user=user, role=role, centre=centre)
        clients[role] = Client()
        clients[role].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    found: Figures = {}
    for label, (role, address) in PAGES.items():
        url = address.format(stem=stem)
        answer = clients[role].get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}")
        with CaptureQueriesContext(connection) as asked:
            clients[role].get(url)
        taken = _times(lambda role=role, url=url: clients[role].get(url), ROUNDS)
        found[label] = [
            f"{taken[int(len(taken) * 0.95) - 1]:.0f} 毫秒",
            f"中位 {statistics.median(taken):.0f}，查询 {len(asked)} 次",
        ]
    return found


def _times(call: Callable[[], object], rounds: int) -> list[float]:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1_000)
    return sorted(taken)


def _bulk(season_id: int, officer: object) -> Figures:
    from benchmarks import steps
    from biye.casework.actions.bulk import begin_bulk, carry_out, undo_bulk
    from biye.casework.core.words import Event, Kind, State
    from biye.casework.models.case import Case

    ids = list(Case.objects.filter(kind=Kind.DEFERRAL, state=State.AT_COLLEGE).values_list("id", flat=True))
    at = steps.AT - timedelta(days=1)
    act = begin_bulk(season_id, ids, Event.APPROVE, by=officer, at=at)  # type: ignore[arg-type]
    began = time.perf_counter()
    act = carry_out(act.pk, by=officer, at=at)  # type: ignore[arg-type]
    approved = time.perf_counter() - began
    began = time.perf_counter()
    back = undo_bulk(act.pk, reason="误批", by=officer, at=at)  # type: ignore[arg-type]
    undone = time.perf_counter() - began
    if (len(act.moved), len(back.undone)) != (len(ids), len(ids)):
        raise RuntimeError(f"{len(act.moved)} approved and {len(back.undone)} taken back of {len(ids)}")
    return {
        f"成批同意 {len(ids):,} 件": [f"{approved:.1f} 秒", ""],
        "撤销成批同意": [f"{undone:.1f} 秒", ""],
    }


def _settlement(season_id: int) -> Figures:
    from benchmarks import steps
    from biye.casework.actions.settling import settle
    from biye.foundation.actor import SYSTEM

    began = time.perf_counter()
    sign_off = settle(season_id, "sign_off", by=SYSTEM, at=steps.AT)
    paper = settle(season_id, "paper", by=SYSTEM, at=steps.AT)
    seconds = time.perf_counter() - began
    counts = {**sign_off.counts, **paper.counts}
    began = time.perf_counter()
    settle(season_id, "sign_off", by=SYSTEM, at=steps.AT)
    again = time.perf_counter() - began
    said = "、".join(f"{kind} {many:,}" for kind, many in counts.items())
    return {
        f"到期结转（共 {sum(counts.values()):,} 件）": [f"{seconds:.1f} 秒", said],
        "再结转一次": [f"{again:.1f} 秒", ""],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=STUDENTS)
    parser.add_argument("--database", choices=tuple(TITLES), action="append")
    parser.add_argument("--results", type=Path, help="also write the table there")
    parser.add_argument("--work", action="store_true", help="in this process, on the database of the environment")
    asked = parser.parse_args()
    if asked.work:
        print(json.dumps(work(asked.students), ensure_ascii=False))
        return
    import subprocess

    found: dict[str, Figures] = {}
    for kind in asked.database or TITLES:
        with database(kind) as environment:
            command = [sys.executable, "-m", "benchmarks.season", "--work", "--students", str(asked.students)]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
            found[kind] = json.loads(done.stdout.splitlines()[-1])
            print(TITLES[kind], json.dumps(found[kind], ensure_ascii=False, indent=1), file=sys.stderr, flush=True)
    head = f"| {asked.students:,} 名学生，页面为第 95 百分位 | " + " | ".join(TITLES[kind] for kind in found) + " |"
    labels = list(next(iter(found.values())))
    lines = [head, "| --- |" + " ---: |" * len(found)]
    lines += [
        f"| {label} | " + " | ".join("，".join(part for part in one[label] if part) for one in found.values()) + " |"
        for label in labels
    ]
    print("\n".join(lines))
    if asked.results:
        put(asked.results, "Season", "\n".join(lines))


if __name__ == "__main__":
    main()

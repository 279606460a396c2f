"""基准: audit a million invented students from PostgreSQL and from SQLite, beside the batched ORM way and the databases'
own time to hand over the rows.

    python -m benchmarks.audit [--students N] [--database postgresql|sqlite] [--results FILE]

Ratios of one run compare; seconds of different machines do not. Records are made first and that is not timed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import results
from tools import postgres

SAMPLE = 10_000
TITLES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
Figures = dict[str, dict[str, float]]


@contextmanager
def database(kind: str) -> Iterator[dict[str, str]]:
    """An empty database, as the environment of an installation on it."""
    with tempfile.TemporaryDirectory(prefix="biye-benchmark-") as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "biye.project.settings",
            "BIYE_SCHOOL": "tju-online",
            "BIYE_DATA_DIR": folder,
            "BIYE_DEBUG": "true",
            "BIYE_HTTPS": "false",
            "BIYE_DATABASE_POOL": "0",
        }
        environment.pop("BIYE_DATABASE_URL", None)
        if kind == "sqlite":
            yield environment
        else:
            with postgres.Server() as server:
                yield environment | {"BIYE_DATABASE_URL": server.url()}


def step(environment: dict[str, str], name: str, *numbers: int) -> dict[str, float]:
    """One step in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.steps", name, *map(str, numbers)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {name}: {figures}", file=sys.stderr, flush=True)
    return figures


def measure(kind: str, students: int) -> Figures:
    """Everything on one database."""
    print(f"{TITLES[kind]}, {students:,} students", file=sys.stderr, flush=True)
    with database(kind) as environment:
        step(environment, "make", students)
        found = {
            "floor": step(environment, "floor"),
            "audit": step(environment, "audit"),
            "again": step(environment, "audit"),
            "objects": step(environment, "objects", min(SAMPLE, students)),
            "one": step(environment, "one", students),
        }
    if found["audit"]["digest"] != found["again"]["digest"]:
        raise RuntimeError("the same audit twice gave two digests")
    if found["objects"]["differ"]:
        raise RuntimeError(f"{found['objects']['differ']} students got other verdicts by objects")
    return found


def report(found: dict[str, Figures], students: int) -> str:
    """A table with a column a database."""
    rows: list[tuple[str, list[str]]] = []

    def row(title: str, *cells: str) -> None:
        rows.append((title, list(cells)))

    each = list(found.values())
    best = [min(one["audit"], one["again"], key=lambda step: step["seconds"]) for one in each]
    by_objects = [one["objects"]["students"] / one["objects"]["seconds"] for one in each]
    rates = [step["students"] / step["seconds"] for step in best]
    row(
        "审查，自数据库至存入（秒，两次）",
        *(f"{one['audit']['seconds']:.1f} / {one['again']['seconds']:.1f}" for one in each),
    )
    row("其中读取与归并（秒）", *(f"{step['read']:.1f}" for step in best))
    row("每秒学生数", *(f"{rate:,.0f}" for rate in rates))
    row("本进程内存峰值（MB）", *(f"{step['peak']:,.0f}" for step in best))
    row("读取子进程内存峰值（MB）", *(f"{step['peak_of_a_child']:,.0f}" for step in best))
    row("数据库自身交出各行（秒）", *(f"{one['floor']['seconds']:.1f}" for one in each))
    row(
        "审查 ÷ 交出各行",
        *(f"{step['seconds'] / one['floor']['seconds']:.2f}" for step, one in zip(best, each, strict=True)),
    )
    row("逐批对象法，每秒学生数", *(f"{rate:,.0f}" for rate in by_objects))
    row(
        "其中只读取对象，每秒学生数",
        *(f"{one['objects']['students'] / one['objects']['reading']:,.0f}" for one in each),
    )
    row("相对逐批对象法（倍）", *(f"{rate / other:.0f}" for rate, other in zip(rates, by_objects, strict=True)))
    row("一名学生连同说明（毫秒，含查询）", *(f"{one['one']['milliseconds']:.2f}" for one in each))
    row("其中查询", *(f"{one['one']['reading']:.2f}" for one in each))
    row("其中审查", *(f"{one['one']['judging']:.2f}" for one in each))
    row("500 种假设（毫秒）", *(f"{one['one']['variants']:.2f}" for one in each))
    row("机器负荷（开始时）", *(f"{one['floor']['load']:.1f}" for one in each))
    head = f"| {students:,} 名学生 × 30 条成绩 | " + " | ".join(TITLES[kind] for kind in found) + " |"
    lines = [head, "| --- |" + " ---: |" * len(found)]
    return "\n".join(lines + [f"| {title} | {' | '.join(cells)} |" for title, cells in rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=1_000_000)
    parser.add_argument("--database", choices=tuple(TITLES), action="append")
    parser.add_argument("--results", type=Path, help="also write the table there")
    asked = parser.parse_args()
    found = {kind: measure(kind, asked.students) for kind in asked.database or TITLES}
    table = report(found, asked.students)
    print(table)
    if asked.results:
        results.put(asked.results, "Audit", table)


if __name__ == "__main__":
    main()

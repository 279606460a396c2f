"""模糊测试: ten thousand mangled sheets through the whole import, on two processes with bounded memory.

python -m tests.faults.fuzz [copies] [first seed]
"""

import os
import resource
import sys
import tempfile
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

COPIES, PROCESSES, PIECE = 10_000, 2, 100
MEMORY = 3 << 30

Piece = tuple[list[tuple[str, str, str, int]], list[str], int]
"""Outcomes, failures with their seed, and the most memory used so far in kilobytes."""


def start() -> None:
    """A database and a school of this process's own; no more memory than is allowed."""
    folder = tempfile.mkdtemp(prefix="biye-fuzz-")
    Path(folder, "static").mkdir()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "biye.project.settings",
        "BIYE_DATA_DIR": folder,
        "BIYE_SCHOOL": "tju-online",
        "BIYE_DEBUG": "false",
        "BIYE_HOSTS": "localhost",
        "BIYE_SECRET_KEY": "only for mangled sheets, and thrown away with them: " + "x" * 50,
        "BIYE_HTTPS": "false",
    }
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    import django

    django.setup()
    from django.core.management import call_command

    from tests.faults import cycle

    call_command("migrate", verbosity=0)
    cycle.prepare()


def run(seeds: range) -> Piece:
    """Some seeds; a broken promise is kept with its seed and does not stop the others."""
    from tests.faults import cycle

    outcomes, failures = [], []
    for seed in seeds:
        try:
            outcome = cycle.run(seed)
        except Exception:  # noqa: BLE001 anything at all is what this looks for
            failures.append(f"seed {seed}\n{traceback.format_exc()}")
        else:
            outcomes.append((outcome.way, outcome.kind, outcome.result, outcome.rows))
    return outcomes, failures, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(copies: int = COPIES, first: int = 0) -> int:
    """Run, print the table, and say how many promises broke."""
    began = perf_counter()
    counts: Counter[tuple[str, str]] = Counter()
    failures: list[str] = []
    memory = 0
    pieces = [range(start, min(start + PIECE, first + copies)) for start in range(first, first + copies, PIECE)]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"), initializer=start) as pool:
        for done, (outcomes, failed, used) in enumerate(pool.map(run, pieces), 1):
            counts.update((way, result) for way, _, result, _ in outcomes)
            failures += failed
            memory = max(memory, used)
            print(f"\r{min(done * PIECE, copies):>6} of {copies}, {len(failures)} failed", end="", file=sys.stderr)
    print(file=sys.stderr)
    show(counts)
    print(
        f"\n{copies} copies in {perf_counter() - began:.0f} s, at most {memory / 1024:.0f} MB, {len(failures)} failed"
    )
    for failure in failures[:5]:
        print(failure)
    return 1 if failures else 0


def show(counts: Counter[tuple[str, str]]) -> None:
    """Way by way: how many were taken as they were, and the commonest reasons otherwise."""
    print(f"{'way':<22}{'copies':>8}{'taken':>8}  reasons")
    for way in sorted({way for way, _ in counts}):
        results = Counter({result: number for (name, result), number in counts.items() if name == way})
        taken = results.pop("taken", 0)
        reasons = ", ".join(f"{code} {number}" for code, number in results.most_common(6))
        print(f"{way:<22}{taken + results.total():>8}{taken:>8}  {reasons}")


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))

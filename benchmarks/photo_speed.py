"""基准: photos a second on one core, and the memory of the process that does it; each measure in a fresh process.

python -m benchmarks.photo_speed KIND --files FOLDER --photos N     what `benchmarks.photos` starts

Processor time is counted, so that other work on the machine matters less.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import process_time

import cv2
import numpy as np

from biye.foundation.errors import Refused
from biye.photos.core import carriers, measuring, opening, specification
from biye.photos.core.drawing.portrait import draw
from biye.photos.core.examination import examine
from biye.photos.core.networks import Networks
from biye.photos.core.standard.making import make
from tests import photo_files
from tests.photo_files import NAME, VIOLATIONS, encoded

CHECK, MAKE, MOST_MEMORY = 15, 6, 400
WALL = (196, 190, 180)
type Files = Callable[[], list[bytes]]


def phone_pictures(count: int, longest: int) -> list[bytes]:
    """Somebody before a beige wall, as a telephone takes it: this large, with its noise."""
    pictures = []
    for number in range(count):
        sitter = replace(
            photo_files.person(number), width=900, height=1200, eye_line=480.0, face_width=250.0, middle=440.0
        )
        pixels = draw(replace(sitter, crown=300.0, roll=1.5, background=WALL)).pixels
        large = cv2.resize(pixels, (longest * 3 // 4, longest), interpolation=cv2.INTER_CUBIC)
        noise = np.random.default_rng(number).normal(0, 3, large.shape)
        pictures.append(encoded(np.clip(large + noise, 0, 255).astype(np.uint8), quality=93, subsampling=2))
    return pictures


def finished() -> list[bytes]:
    """Photos as studios deliver them."""
    return [photo_files.good(number) for number in range(24)]


def everything() -> list[bytes]:
    """Good photos, every violation, telephone pictures small and large, and files cut short."""
    good = finished()
    wrong = [violation.make(number) for number in range(2) for violation in VIOLATIONS]
    return [*good, *wrong, *phone_pictures(6, 1600), *phone_pictures(2, 4000), good[0][: len(good[0]) // 2]]


# kind: what is done, what with, label, goal in photos a second, share of the photos asked for
KINDS: dict[str, tuple[str, Files, str, int | None, int]] = {
    "check": ("examine", finished, "检查（480×640 成品）", CHECK, 1),
    "check-12mp": ("examine", lambda: phone_pictures(4, 4000), "检查（1200 万像素手机照片）", None, 10),
    "make": ("make", lambda: phone_pictures(8, 1600), "标准化（1200×1600 手机照片）", MAKE, 5),
    "make-12mp": ("make", lambda: phone_pictures(4, 4000), "标准化（1200 万像素手机照片）", MAKE, 10),
    "decode-12mp": ("decode", lambda: phone_pictures(4, 4000), "其中解码（1200 万像素）", None, 10),
    "soak": ("examine", everything, "检查（合格、违规、手机照片混合）", None, 1),
    "soak-make": ("make", lambda: [*phone_pictures(6, 1600), *phone_pictures(2, 4000)], "标准化（混合）", None, 10),
}
STEPS = 10


def works() -> dict[str, Callable[[bytes], object]]:
    """What is measured, in this process."""
    notice, networks = specification.load(specification.USUAL), Networks(carriers.usual_folder())

    def check(data: bytes) -> object:
        return examine(data, NAME, notice, networks)

    def standardise(data: bytes) -> object:
        with suppress(Refused):
            return make(data, "x.jpg", notice, networks, made_name=NAME)
        return None

    def decode(data: bytes) -> object:
        return opening.open_photo(data, NAME, longest=measuring.LONGEST)

    return {"examine": check, "make": standardise, "decode": decode}


def measured(work: Callable[[bytes], object], files: list[bytes], count: int) -> dict[str, object]:
    """Photos a second of processor time, and memory after each tenth of them."""
    for data in files:
        work(data)
    start, memory = process_time(), []
    for number in range(count):
        work(files[number % len(files)])
        if (number + 1) % max(count // STEPS, 1) == 0:
            memory.append(_memory_now())
            print(f"  {number + 1:,}: {memory[-1]:.0f} MB", file=sys.stderr, flush=True)
    seconds = process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rate": count / seconds, "peak": peak, "memory": memory[:STEPS], "load": os.getloadavg()[0]}


def _memory_now() -> float:
    """What this process has, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1_048_576


def run(kind: str, count: int, folder: str) -> dict[str, object]:
    """One measure: the pictures made in one process, used in another, so that drawing takes no part in it."""
    command = [sys.executable, "-m", "benchmarks.photo_speed", kind, "--files", folder]
    subprocess.run([*command, "--photos", "0"], check=True)
    done = subprocess.run([*command, "--photos", str(count)], check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def speeds(count: int) -> Iterator[str]:
    """A table of all speeds."""
    yield "| 工作 | 张/秒·核 | 目标 | 内存峰值 MB | 做到一成时 MB | 做完时 MB | 张数 | 机器负荷 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("check", "check-12mp", "make", "make-12mp", "decode-12mp"):
            _, _, label, goal, share = KINDS[kind]
            found = run(kind, count // share, folder)
            asked = "" if goal is None else f"≥ {goal}"
            yield (
                f"| {label} | {found['rate']:.1f} | {asked} | {found['peak']:.0f} | {found['memory'][0]:.0f} | "
                f"{found['memory'][-1]:.0f} | {count // share:,} | {found['load']:.1f} |"
            )


def soak(count: int) -> Iterator[str]:
    """Memory over so many pictures, tenth by tenth."""
    yield f"| 工作 | 张数 | 张/秒·核 | {' | '.join(f'{10 * part} %' for part in range(1, STEPS + 1))} | 峰值 | 机器负荷 |"
    yield f"| --- | ---: | ---: |{' ---: |' * (STEPS + 2)}"
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("soak", "soak-make"):
            _, _, label, _, share = KINDS[kind]
            found = run(kind, count // share, folder)
            memory = " | ".join(f"{one:.0f}" for one in found["memory"])
            yield (
                f"| {label} | {count // share:,} | {found['rate']:.1f} | {memory} | {found['peak']:.0f} | "
                f"{found['load']:.1f} |"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--files", type=Path, required=True)
    parser.add_argument("--photos", type=int, required=True)
    asked = parser.parse_args()
    what, files, *_ = KINDS[asked.kind]
    folder = asked.files / asked.kind
    if not asked.photos:
        folder.mkdir()
        for number, data in enumerate(files()):
            (folder / f"{number:03}").write_bytes(data)
        return
    contents = [file.read_bytes() for file in sorted(folder.iterdir())]
    print(json.dumps(measured(works()[what], contents, asked.photos)))


if __name__ == "__main__":
    main()

"""基准: checking and making photos on one core, the memory it takes, and how often each check is wrong.

python -m benchmarks.photos [--photos 1000] [--people 20] [--write]

--write puts the tables into docs/photos.md. Portraits are drawn, so their measures are known; processor time is
counted, so that other work on the machine matters less.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import process_time

import cv2
import numpy as np

from biye.foundation.errors import Refused
from biye.photos.core import carriers, measuring, opening, specification
from biye.photos.core.answers import Answer
from biye.photos.core.drawing.portrait import draw
from biye.photos.core.examination import examine
from biye.photos.core.networks import Networks
from biye.photos.core.standard.making import make
from tests import photo_files
from tests.photo_files import NAME, VIOLATIONS, encoded

DOCUMENT = Path("docs/photos.md")
CHECK, MAKE = 15, 6
WALL = (196, 190, 180)


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


def peak() -> float:
    """The most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def now() -> float:
    """The memory this process has, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1_048_576


def timed(work: Callable[[bytes], object], files: list[bytes], count: int) -> tuple[float, float, float]:
    """Photos a second of processor time; memory after a tenth of them and at the end."""
    for data in files[:3]:
        work(data)
    start, early = process_time(), 0.0
    for number in range(count):
        work(files[number % len(files)])
        if number == count // 10:
            early = now()
    return count / (process_time() - start), early, now()


def speed(kind: str, count: int, saved: Path) -> None:
    """One measure in a process of its own: prints photos a second, peak memory, memory early and late."""
    notice, networks = specification.load(specification.USUAL), Networks(carriers.usual_folder())

    def check(data: bytes) -> object:
        return examine(data, NAME, notice, networks)

    def standardise(data: bytes) -> object:
        return make(data, "x.jpg", notice, networks, made_name=NAME)

    def decode(data: bytes) -> object:
        return opening.open_photo(data, NAME, longest=measuring.LONGEST)

    work, files = {
        "check": (check, lambda: [photo_files.good(number) for number in range(24)]),
        "check-12mp": (check, lambda: phone_pictures(4, 4000)),
        "make": (standardise, lambda: phone_pictures(8, 1600)),
        "make-12mp": (standardise, lambda: phone_pictures(4, 4000)),
        "decode-12mp": (decode, lambda: phone_pictures(4, 4000)),
    }[kind]
    if not list(saved.glob(f"{kind}-*")):
        for number, data in enumerate(files()):
            (saved / f"{kind}-{number:02}").write_bytes(data)
        return
    rate, early, late = timed(work, [file.read_bytes() for file in sorted(saved.glob(f"{kind}-*"))], count)
    print(f"{rate:.1f} {peak():.0f} {early:.0f} {late:.0f}")


def speeds(count: int) -> Iterator[str]:
    """A table of all speeds, each from a fresh process that does nothing else."""
    yield "| 工作 | 张/秒·核 | 目标 | 内存峰值 MB | 做到一成时 MB | 做完时 MB | 张数 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    with tempfile.TemporaryDirectory() as folder:
        for kind, label, goal, share in (
            ("check", "检查（480×640 成品）", f"≥ {CHECK}", 1),
            ("check-12mp", "检查（1200 万像素手机照片）", "", 10),
            ("make", "标准化（1200×1600）", f"≥ {MAKE}", 5),
            ("make-12mp", "标准化（1200 万像素手机照片）", f"≥ {MAKE}", 10),
            ("decode-12mp", "仅解码（1200 万像素，下限）", "", 10),
        ):
            command = [sys.executable, "-m", "benchmarks.photos", "--speed", kind, "--files", folder]
            subprocess.run([*command, "--photos", "0"], check=True)
            measured = subprocess.run([*command, "--photos", str(count // share)], check=True, capture_output=True)
            rate, most, early, late = measured.stdout.decode().split()
            yield f"| {label} | {rate} | {goal} | {most} | {early} | {late} | {count // share} |"


def wrongness(people: int) -> Iterator[str]:
    """False passes of every violation, and false rejects of every check on good photos."""
    notice, networks = specification.load(specification.USUAL), Networks(carriers.usual_folder())
    good: Counter[tuple[str, Answer]] = Counter()
    for number in range(people * 2):
        for finding in examine(photo_files.good(number), NAME, notice, networks).findings:
            good[finding.check, finding.answer] += 1
    yield "| 检查项 | 违规 | 不合格 | 请人看 | 漏过 | 合格照片误判不合格 | 合格照片请人看 |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for violation in VIOLATIONS:
        seen: Counter[Answer] = Counter()
        for number in range(people):
            examination = examine(violation.make(number), violation.name, notice, networks)
            seen[examination.finding(violation.check).answer] += 1
        rejected = good[violation.check, Answer.FAIL]
        looked = good[violation.check, Answer.REVIEW] + good[violation.check, Answer.UNASSESSED]
        yield (
            f"| {violation.check} | {violation.what} | {seen[Answer.FAIL]} | "
            f"{seen[Answer.REVIEW] + seen[Answer.UNASSESSED]} | {seen[Answer.PASS]} | {rejected} | {looked} |"
        )


def geometry(people: int) -> Iterator[str]:
    """How far measured places are from drawn ones."""
    networks, random = Networks(carriers.usual_folder()), np.random.default_rng(11)
    off: dict[str, list[float]] = {"eye_line": [], "head_top": [], "face_width": [], "middle": [], "roll": []}
    for number in range(people * 3):
        sitter = replace(
            photo_files.person(number),
            eye_line=float(random.uniform(205, 295)),
            roll=float(random.uniform(-8, 8)),
            face_width=float(random.uniform(185, 290)),
            middle=float(random.uniform(225, 255)),
        )
        sitter = replace(sitter, crown=max(sitter.eye_line - 0.74 * sitter.face_width, 8.0))
        portrait = draw(sitter)
        # A leaning head's highest point is read off the drawing itself.
        top = float(np.flatnonzero((portrait.person > 0.5).any(axis=1))[0])
        face = measuring.look(networks, portrait.pixels).face
        if face is None or face.head_top is None:
            off["eye_line"].append(99.0)
            continue
        off["eye_line"].append(face.mesh.eye_middle[1] - sitter.eye_line)
        off["head_top"].append(face.head_top - top)
        off["face_width"].append(face.mesh.width - sitter.face_width)
        off["middle"].append(face.mesh.middle - sitter.middle)
        off["roll"].append(face.mesh.roll - sitter.roll)
    yield "| 测量 | 中位误差 | 误差绝对值中位 | 95% 以内 | 最大 | 张数 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    labels = {"eye_line": "眼睛位置 像素", "head_top": "头顶 像素", "face_width": "脸宽 像素"}
    labels |= {"middle": "左右位置 像素", "roll": "歪头 度"}
    for name, label in labels.items():
        errors, apart = np.array(off[name]), np.abs(off[name])
        yield (
            f"| {label} | {np.median(errors):+.1f} | {np.median(apart):.1f} | {np.quantile(apart, 0.95):.1f} | "
            f"{apart.max():.1f} | {len(errors)} |"
        )


def makings(people: int) -> Iterator[str]:
    """What becomes of phone pictures when photos are made of them."""
    notice, networks = specification.load(specification.USUAL), Networks(carriers.usual_folder())
    became: Counter[str] = Counter()
    for data in phone_pictures(people, 1600):
        try:
            made = make(data, "x.jpg", notice, networks, made_name=NAME)
            became[made.examination.answer.chinese] += 1
        except Refused as refused:
            became[refused.reasons[0].code] += 1
    yield "、".join(f"{what} {count} 张" for what, count in became.most_common())


def write(tables: dict[str, list[str]]) -> None:
    """Put each table between its marks in the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    for name, lines in tables.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, rest = text.split(begin)
        text = before + begin + "\n".join(lines) + "\n" + end + rest.split(end)[1]
    DOCUMENT.write_text(text, encoding="utf-8")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--speed")
    parser.add_argument("--files")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    if asked.speed:
        speed(asked.speed, asked.photos, Path(asked.files))
        return
    tables: dict[str, list[str]] = {}
    for name, lines in (
        ("speeds", speeds(asked.photos)),
        ("geometry", geometry(asked.people)),
        ("wrongness", wrongness(asked.people)),
        ("makings", makings(asked.people)),
    ):
        tables[name] = []
        for line in lines:
            print(line, flush=True)
            tables[name].append(line)
        print()
    if asked.write:
        write(tables)


if __name__ == "__main__":
    main()

"""基准: how fast photos are checked and made, the memory that takes, and how often each check is wrong.

python -m benchmarks.photos [--photos 1000] [--people 20] [--results FILE] [--write]
python -m benchmarks.photos --soak 10000 [--results FILE] [--write]

--write puts the tables into docs/photos.md, --results into the page of figures. Portraits are drawn, so their measures
are known to the pixel; what is said about them is true of drawn people.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks import photo_pages, results
from benchmarks.photo_speed import phone_pictures, soak, speeds
from biye.foundation.errors import Refused
from biye.photos.core import carriers, catalogue, measuring, specification
from biye.photos.core.answers import Answer
from biye.photos.core.drawing.portrait import Sitter, draw, invented
from biye.photos.core.examination import examine
from biye.photos.core.networks import Networks
from biye.photos.core.sentences import refusal
from biye.photos.core.standard.making import make
from tests.photo_files import NAME, VIOLATIONS, encoded

DOCUMENT = Path("docs/photos.md")
LOOKED = (Answer.REVIEW, Answer.UNASSESSED)
type Seen = Counter[tuple[str, Answer]]


def proper(number: int) -> Sitter:
    """A sitter who keeps every clause, anywhere well within the limits, with short or long hair."""
    draw_of = np.random.default_rng((31, number))
    width, crown = float(draw_of.uniform(205, 270)), float(draw_of.uniform(64, 94))
    return replace(
        invented(number),
        face_width=width,
        crown=crown,
        eye_line=float(np.clip(crown + width * draw_of.uniform(0.66, 0.76), 213, 287)),
        middle=240.0 + float(draw_of.uniform(-5, 5)),
        roll=float(draw_of.uniform(-2, 2)),
        lean=float(draw_of.uniform(-1.5, 1.5)),
    )


def on_good_photos(people: int, networks: Networks) -> Seen:
    """What every check says of photos that keep every clause."""
    notice, good = specification.load(specification.USUAL), Counter[tuple[str, Answer]]()
    for number in range(people):
        for finding in examine(encoded(draw(proper(number)).pixels), NAME, notice, networks).findings:
            good[finding.check, finding.answer] += 1
    return good


def on_violations(people: int, networks: Networks) -> dict[str, Counter[Answer]]:
    """What the check that should see it says of each violation."""
    notice = specification.load(specification.USUAL)
    found = {violation.what: Counter[Answer]() for violation in VIOLATIONS}
    for violation in VIOLATIONS:
        for number in range(people):
            examination = examine(violation.make(number), violation.name, notice, networks)
            found[violation.what][examination.finding(violation.check).answer] += 1
    return found


def wrongness(good: Seen, bad: dict[str, Counter[Answer]]) -> Iterator[str]:
    """False passes and false rejects, a row a check."""
    yield "| 检查项 | 违规照片 | 不合格 | 请人看 | 漏过 | 漏过率 | 合格照片 | 误判不合格 | 误判率 | 多请人看 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for check, label in catalogue.LABELS.items():
        seen: Counter[Answer] = sum((bad[one.what] for one in VIOLATIONS if one.check == check), Counter())
        total, photos = seen.total(), sum(good[check, answer] for answer in Answer)
        looked, missed, rejected = sum(seen[one] for one in LOOKED), seen[Answer.PASS], good[check, Answer.FAIL]
        yield (
            f"| {label} | {total} | {seen[Answer.FAIL]} | {looked} | {missed} | {missed / total:.1%} | {photos} | "
            f"{rejected} | {rejected / photos:.1%} | {sum(good[check, one] for one in LOOKED)} |"
        )


def violations(bad: dict[str, Counter[Answer]]) -> Iterator[str]:
    """What becomes of each violation."""
    yield "| 违规 | 应由 | 不合格 | 请人看 | 漏过 |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for violation in VIOLATIONS:
        seen = bad[violation.what]
        looked = sum(seen[one] for one in LOOKED)
        label = catalogue.LABELS[violation.check]
        yield f"| {violation.what} | {label} | {seen[Answer.FAIL]} | {looked} | {seen[Answer.PASS]} |"


def geometry(people: int, networks: Networks) -> Iterator[str]:
    """How far measured places are from drawn ones."""
    random = np.random.default_rng(11)
    off: dict[str, list[float]] = {"eye_line": [], "head_top": [], "face_width": [], "middle": [], "roll": []}
    unseen = 0
    for number in range(people):
        sitter = replace(
            invented(number),
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
            unseen += 1
            continue
        off["eye_line"].append(face.mesh.eye_middle[1] - sitter.eye_line)
        off["head_top"].append(face.head_top - top)
        off["face_width"].append(face.mesh.width - sitter.face_width)
        off["middle"].append(face.mesh.middle - sitter.middle)
        off["roll"].append(face.mesh.roll - sitter.roll)
    yield "| 测量 | 中位误差 | 误差绝对值中位 | 95% 以内 | 最大 | 张数 | 没有测出 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    labels = {"eye_line": "眼睛位置（像素）", "head_top": "头顶（像素）", "face_width": "脸宽（像素）"}
    labels |= {"middle": "左右位置（像素）", "roll": "歪头（度）"}
    for name, label in labels.items():
        errors, apart = np.array(off[name]), np.abs(off[name])
        yield (
            f"| {label} | {np.median(errors):+.1f} | {np.median(apart):.1f} | {np.quantile(apart, 0.95):.1f} | "
            f"{apart.max():.1f} | {len(errors)} | {unseen} |"
        )


def makings(people: int, networks: Networks) -> Iterator[str]:
    """What becomes of telephone pictures when photos are made of them."""
    notice = specification.load(specification.USUAL)
    became: Counter[str] = Counter()
    for data in phone_pictures(people, 1600):
        try:
            made = make(data, "x.jpg", notice, networks, made_name=NAME)
            became[f"做成，自检{made.examination.answer.chinese}"] += 1
        except Refused as refused:
            became[f"未做成：{refusal(refused.reasons[0])}"] += 1
    yield "| 结果 | 张数 |"
    yield "| --- | ---: |"
    for what, count in became.most_common():
        yield f"| {what} | {count} |"


def tables(photos: int, people: int) -> Iterator[tuple[str, list[str]]]:
    """Every table by its mark in the document."""
    yield "limits", list(photo_pages.limits())
    yield "hostile", list(photo_pages.hostile())
    yield "speeds", list(speeds(photos))
    networks = Networks(carriers.usual_folder())
    yield "geometry", list(geometry(people * 5, networks))
    good, bad = on_good_photos(people * 5, networks), on_violations(people, networks)
    yield "wrongness", list(wrongness(good, bad))
    yield "violations", list(violations(bad))
    yield "makings", list(makings(people, networks))


def write(name: str, lines: list[str]) -> None:
    """Put a table between its marks in the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, rest = text.split(begin)
    DOCUMENT.write_text(before + begin + "\n".join(lines) + "\n" + end + rest.split(end, 1)[1], encoding="utf-8")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--soak", type=int, metavar="PHOTOS", help="only this: memory over so many photos")
    parser.add_argument("--results", type=Path, help="also write the tables there")
    parser.add_argument("--write", action="store_true", help="also write the tables into docs/photos.md")
    asked = parser.parse_args()
    made = [("soak", list(soak(asked.soak)))] if asked.soak else tables(asked.photos, asked.people)
    found: dict[str, list[str]] = {}
    for name, lines in made:
        found[name] = lines
        print("\n".join(lines), end="\n\n", flush=True)
        if asked.write:
            write(name, lines)
    if asked.results:
        title = "Photos, soak" if asked.soak else "Photos"
        figures = ["\n".join(lines) for name, lines in found.items() if name not in ("limits", "hostile", "violations")]
        results.put(asked.results, title, "\n\n".join(figures))


if __name__ == "__main__":
    main()

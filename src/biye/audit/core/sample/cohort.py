"""编造的学生群体: how many of which level, mode and intake, so that every corner of a season's scope is lived in."""

from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
import numpy.typing as npt

from biye.audit.core.loading import LoadedSeason
from biye.audit.core.references import walk
from biye.audit.core.sample.people import AWKWARD_NAMES, birth_days, identity_numbers, names
from biye.foundation.moments import day_number
from biye.foundation.verdicts import Truth
from biye.records.core.tables import NO_DAY, Coded, Students
from biye.seasons.core.frame import Frame
from biye.seasons.core.people import Entries, belongs

_LEVEL_WEIGHTS = {"专升本": 6.0, "专科": 3.0}
_PLACES = (
    "东湖 西岭 南桥 北苑 云溪 临川 青石 柳林 白鹭 金沙 望江 松岗 碧潭 竹园 海棠 长汀 梧桐 石门 双河 凤台 龙泉 清源 "
    "河口 新安"
).split()
_PERMITS = (("港澳居民来往内地通行证", "H{:08d}"), ("台湾居民来往大陆通行证", "{:08d}"), ("护照", "E{:08d}"))
RESIDENT = "居民身份证"
RESIDENT_SHARE = 0.995


@dataclass(slots=True)
class Cohort:
    """学生群体: students without any facts yet, and what the sheets say of them beside the tables."""

    students: Students
    ethnicity: list[str]
    centre_telephone: dict[str, str]
    second_records: list[tuple[int, int]]  # rows of one person: the record in question, an earlier finished one


@dataclass(frozen=True, slots=True)
class _Class:
    level: str
    mode: str
    entry: int
    in_scope: bool


def invented(rng: np.random.Generator, loaded: LoadedSeason, frame: Frame, n: int) -> Cohort:
    """`n` students in the order of their numbers."""
    school = loaded.school
    classes, weights = _classes(loaded, frame)
    chosen = np.sort(_shares(rng, weights, n))
    levels, modes = list(school.levels), list(school.modes)
    entry = np.array([classes[c].entry for c in chosen], np.int16)
    level = np.array([levels.index(classes[c].level) for c in chosen], np.int32)
    mode = np.array([modes.index(classes[c].mode) for c in chosen], np.int32)
    order = np.lexsort((mode, level, entry))
    entry, level, mode = entry[order], level[order], mode[order]
    sex = rng.integers(1, 3, n).astype(np.int8)
    people, ethnicity = names(rng, sex)
    for place, (name, who, ethnic) in enumerate(AWKWARD_NAMES if n >= len(AWKWARD_NAMES) else ()):
        row = place * n // len(AWKWARD_NAMES)
        people[row], sex[row], ethnicity[row] = name, who, ethnic
    birth = birth_days(rng, _entry_days(entry))
    identity = identity_numbers(rng, birth, sex)
    kinds = np.zeros(n, np.int32)
    for row in np.flatnonzero(rng.random(n) > RESIDENT_SHARE).tolist():
        kinds[row] = 1 + row % len(_PERMITS)
        identity[row] = _PERMITS[kinds[row] - 1][1].format(10_000_000 + row)
    centres, telephones = _centres(loaded, n)
    active = school.statuses["active"][0]
    students = Students(
        key=np.arange(1, n + 1, dtype=np.int64),
        student_no=_numbers(entry, level),
        name=people,
        level=Coded(level, levels),
        mode=Coded(mode, modes),
        centre=Coded(rng.integers(0, len(centres), n).astype(np.int32), centres),
        status=Coded(np.zeros(n, np.int32), [active]),
        major=Coded.empty(n),
        entry=entry,
        plan=np.full(n, -1, np.int32),
        suspended_terms=np.where(rng.random(n) < 0.02, rng.integers(1, 3, n), 0).astype(np.int16),
        birth_day=birth,
        sex=sex,
        identity_type=Coded(kinds, [RESIDENT, *(word for word, _ in _PERMITS)]),
        identity=np.array([number.encode() for number in identity], "S18"),
        outside_system=np.zeros(n, bool),
        covered=np.zeros(n, np.int32),
    )
    return Cohort(students, ethnicity, telephones, _second_records(rng, students))


def set_status(students: Students, rows: "npt.NDArray[np.intp] | list[int]", word: str) -> None:
    """Give these students a 学籍状态."""
    status = students.status
    if word not in status.words:
        status.words.append(word)
    status.codes[rows] = status.words.index(word)


def _classes(loaded: LoadedSeason, frame: Frame) -> tuple[list[_Class], npt.NDArray[np.float64]]:
    """Level × mode × intake, and how often each occurs: most graduate on time, a few late, some too early or too late."""
    school, term = loaded.school, loaded.season.term
    longest = max(level.max_terms for level in school.levels.values())
    named = {t for _, part in walk(loaded.season) if isinstance(part, Entries) for t in part.terms}
    for book in loaded.programme.books.values():
        named |= {t for _, part in walk(book) if isinstance(part, Entries) for t in part.terms}
    entries = range(term - longest - 1, term)
    every = list(product(school.levels, school.modes, entries))
    inside = belongs(loaded.season.scope, _bare(every, loaded), frame) == Truth.TRUE
    classes, weights = [], []
    for level in school.levels:
        limits = school.levels[level]
        mine = [(c, bool(i)) for c, i in zip(every, inside, strict=True) if c[0] == level]
        regular = [e for (_, _, e), i in mine if i and term - e >= limits.min_terms]
        newest = max(regular, default=max((e for (_, _, e), i in mine if i), default=None))
        share = _LEVEL_WEIGHTS.get(level, 1.0) if regular else 0.05
        for (_, mode, entry), is_in in mine:
            if not is_in:
                weight = 0.03 if abs(entry - (newest or term)) <= 2 or entry == term - limits.max_terms - 1 else 0.0
            elif entry == newest:
                weight = 1.0
            else:
                weight = 0.12 if entry in named else 0.03
            if entry >= term - 1:
                weight = 0.0
            classes.append(_Class(level, mode, entry, is_in))
            weights.append(weight * share)
    return classes, np.array(weights) / sum(weights)


def _shares(rng: np.random.Generator, weights: npt.NDArray[np.float64], n: int) -> npt.NDArray[np.intp]:
    """So many of each class; each class that occurs at all occurs once where there are students enough."""
    counts = np.floor(weights * n).astype(np.int64)
    if n >= 10 * np.count_nonzero(weights):
        counts[(weights > 0) & (counts == 0)] = 1
    counts[np.argmax(weights)] += n - counts.sum()
    return np.repeat(np.arange(len(weights)), np.maximum(counts, 0))[:n]


def _bare(classes: list[tuple[str, str, int]], loaded: LoadedSeason) -> Students:
    n = len(classes)
    levels, modes = list(loaded.school.levels), list(loaded.school.modes)
    return Students(
        key=np.arange(n, dtype=np.int64),
        student_no=[""] * n,
        name=[""] * n,
        level=Coded(np.array([levels.index(level) for level, _, _ in classes], np.int32), levels),
        mode=Coded(np.array([modes.index(mode) for _, mode, _ in classes], np.int32), modes),
        centre=Coded.empty(n),
        status=Coded(np.zeros(n, np.int32), [loaded.school.statuses["active"][0]]),
        major=Coded.empty(n),
        entry=np.array([entry for _, _, entry in classes], np.int16),
        plan=np.full(n, -1, np.int32),
        suspended_terms=np.zeros(n, np.int16),
        birth_day=np.full(n, NO_DAY, np.int32),
        sex=np.zeros(n, np.int8),
        identity_type=Coded.empty(n),
        identity=np.zeros(n, "S18"),
        outside_system=np.zeros(n, bool),
        covered=np.zeros(n, np.int32),
    )


def representative(loaded: LoadedSeason, level: str) -> Students:
    """One student of a level who has studied as long as is asked."""
    entry = loaded.season.term - loaded.school.levels[level].min_terms
    return _bare([(level, loaded.school.modes[0], entry)], loaded)


def _numbers(entry: npt.NDArray[np.int16], level: npt.NDArray[np.int32]) -> list[str]:
    """学号: intake, level, running number; in ascending order as rows are."""
    width = max(4, len(str(len(entry))))
    return [
        f"{e // 2}{'09' if e % 2 else '03'}{lv + 1}{row + 1:0{width}d}"
        for row, (e, lv) in enumerate(zip(entry.tolist(), level.tolist(), strict=True))
    ]


def _entry_days(entry: npt.NDArray[np.int16]) -> npt.NDArray[np.int64]:
    days = {int(e): day_number(_entry_date(int(e))) for e in np.unique(entry)}
    return np.array([days[int(e)] for e in entry], np.int64)


def _entry_date(entry: int) -> date:
    return date(entry // 2, 9 if entry % 2 else 3, 1)


def _centres(loaded: LoadedSeason, n: int) -> tuple[list[str], dict[str, str]]:
    """Names and telephones of places that do not exist (no subscriber's number begins with nought)."""
    label = loaded.school.centres.label.split("、")[-1]
    area = next((t.split("-")[0] for o in loaded.school.offices.values() for t in o.telephone), "000")
    count = int(np.clip(n // 150, 3, len(_PLACES)))
    words = [f"{place}{label}" for place in _PLACES[:count]]
    return words, {word: f"{area}-0000{1001 + place}" for place, word in enumerate(words)}


def _second_records(rng: np.random.Generator, students: Students) -> list[tuple[int, int]]:
    """A few people finished a lower level earlier: same person, another status record."""
    n = len(students)
    pairs = []
    resident = students.identity_type.codes == 0
    latest = np.flatnonzero(resident & (students.entry >= np.quantile(students.entry, 0.5)))
    plain = ~np.isin(students.name, [name for name, _, _ in AWKWARD_NAMES])
    oldest = np.flatnonzero(resident & plain & (students.entry <= students.entry.min() + 3))
    count = min(len(oldest), len(latest), max(1, n // 400)) if n >= 40 else 0
    for now, before in zip(
        rng.choice(latest, count, replace=False).tolist(),
        rng.choice(oldest, count, replace=False).tolist(),
        strict=True,
    ):
        if now == before or students.entry[now] - students.entry[before] < 5:
            continue
        students.name[before] = students.name[now]
        for array in (students.sex, students.birth_day, students.identity):
            array[before] = array[now]
        pairs.append((now, before))
    return pairs

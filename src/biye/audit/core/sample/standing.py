"""编造的其他事实: exams, certificates, fees, photos and the rest, as they are for somebody with whom nothing is wrong."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np

from biye.audit.core.loading import LoadedSeason
from biye.audit.core.rulebook import Rule
from biye.audit.core.rules.exams import Certificate
from biye.audit.core.sample.draft import Draft
from biye.foundation.codes import Outcome
from biye.foundation.moments import day_number, from_day_number, minute_of
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import NO_SCORE

_EXEMPTIONS = (
    "全国计算机等级考试一级",
    "大学英语四级",
    "已获国民教育系列本科学历",
    "少数民族（户籍在少数民族聚居地区）",
)
_TUITION = (240_000, 260_000, 280_000)
FORTY = "入学注册时年满 40 周岁"
OTHER_PROOF = "校内英语测试"
OTHER_WORD = "其他"


def rules_of(loaded: LoadedSeason, *kinds: str) -> list[Rule]:
    """The season's rules of these kinds."""
    return [rule for rule in loaded.programme.rules if rule.rule in kinds]


def is_leading(loaded: LoadedSeason, rule: Rule) -> bool:
    """Does the rule stand in the book that gives the 审查结论?"""
    return rule in next(iter(loaded.programme.books.values())).rules


def exam(rng: np.random.Generator, draft: Draft, row: int) -> dict[str, tuple[Outcome, int, str]]:
    """统考 of one student: passed, or exempt with a reason."""
    students = draft.students
    plan = int(students.plan[row])
    asked = [
        subject
        for p, subject in zip(draft.plans.exam_plan.tolist(), draft.plans.exam_subject, strict=True)
        if p == plan
    ]
    began = from_day_number(0).replace(year=int(students.entry[row]) // 2, month=3)
    is_forty = (day_number(began) - int(students.birth_day[row])) >= 40 * 365.25
    chances = rng.random(len(asked))
    found = {}
    for subject, chance in zip(asked, chances.tolist(), strict=True):
        if is_forty:
            found[subject] = (Outcome.EXEMPT, NO_SCORE, FORTY)
        elif chance < 0.08:
            found[subject] = (Outcome.EXEMPT, NO_SCORE, _EXEMPTIONS[int(chance * 1000) % len(_EXEMPTIONS)])
        else:
            found[subject] = (Outcome.PASSED, 6000 + int(chance * 36) * 100, "")
    return found


def certificate(
    rng: np.random.Generator, draft: Draft, row: int, proof: Certificate, closes: datetime
) -> tuple[str, int, int]:
    """One proof that holds: kind, score, day within the last two years and after the intake."""
    least = draft.figure(proof.min, row) if proof.min is not None else NO_SCORE
    score = NO_SCORE if least < 0 else least + int(rng.integers(0, 12)) * 100
    entry = int(draft.students.entry[row])
    began = day_number(from_day_number(0).replace(year=entry // 2, month=9 if entry % 2 else 3))
    last = day_number(closes.date()) - 20
    return proof.kind[0], score, max(min(began + 60, last), last - int(rng.integers(0, 600)))


def fee_rows(
    rng: np.random.Generator, draft: Draft, row: int, kinds: tuple[str, ...], latest: int
) -> list[tuple[str, int, int, int, int]]:
    """Fees of every year of the regular period, paid each autumn and posted by the latest day."""
    students = draft.students
    level = draft.school.levels[students.level.word(row) or ""]
    first = int(students.entry[row]) // 2
    years = max(1, -(-level.min_terms // 2))
    due = _TUITION[int(students.level.codes[row]) % len(_TUITION)]
    rows = []
    for year in range(first, first + years):
        for place, kind in enumerate(kinds):
            amount = due if place == 0 else 6_000
            posted = day_number(from_day_number(0).replace(year=year, month=9)) + int(rng.integers(0, 40))
            rows.append((kind, year, amount, amount, min(posted, latest)))
    return rows


def photo(rng: np.random.Generator, draft: Draft, closes: datetime) -> tuple[int, int, str, int, int]:
    """The photo is at CHSI, compared and good, one to ten weeks before the end."""
    days, minutes, wait, later = rng.integers((8, 8 * 60, 1, 8 * 60), (70, 18 * 60, 6, 18 * 60)).tolist()
    midnight = closes.replace(hour=0, minute=0)
    since = midnight - timedelta(days=days) + timedelta(minutes=minutes)
    compared = midnight - timedelta(days=days - wait) + timedelta(minutes=later)
    words = draft.school.photo.comparison.passed
    return 1, minute_of(since), words[0], minute_of(compared), int(Verdict.MET)


def fill(rng: np.random.Generator, draft: Draft) -> None:
    """Give every student what the season's rules ask beside grades."""
    loaded, n = draft.loaded, len(draft.students)
    proofs = [(rule, _proofs(rule)) for rule in rules_of(loaded, "certificate.any_of")]
    fees = rules_of(loaded, "fees.cleared")
    kinds = tuple(dict.fromkeys(kind for rule in fees for kind in rule.params.kinds or ("学费",)))  # type: ignore[attr-defined]
    pictures = rules_of(loaded, "photo.registered", "photo.comparison")
    closes = min((draft.deadline(rule.params.by) for rule in pictures), default=draft.deadline(None))  # type: ignore[attr-defined]
    history = rules_of(loaded, "history.conclusion", "history.outcome")
    draft.exams = [exam(rng, draft, row) if draft.plans.exam_subject else {} for row in range(n)]
    draft.photos = [photo(rng, draft, closes) for _ in range(n)]
    latest = min((day_number(draft.deadline(rule.params.by).date()) for rule in fees), default=0) - 40  # type: ignore[attr-defined]
    draft.fees = [fee_rows(rng, draft, row, kinds, latest) if fees else [] for row in range(n)]
    draft.certificates = [[] for _ in range(n)]
    for rule, of in proofs:
        share = 1.0 if is_leading(loaded, rule) else 0.7
        has, which = (rng.random(n) < share).tolist(), rng.integers(0, len(of), n).tolist()
        closing = draft.deadline(rule.params.by)  # type: ignore[attr-defined]
        for row in range(n):
            given = certificate(rng, draft, row, of[which[row]], closing)
            # What no rule asks for still tells that the part was imported.
            draft.certificates[row].append(given if has[row] else (OTHER_PROOF, 5500, given[2]))  # type: ignore[union-attr]
    draft.sanctions = [[] for _ in range(n)]
    draft.flags = [[] for _ in range(n)]
    named = [rule.params.season for rule in history if isinstance(rule.params.season, int)]  # type: ignore[attr-defined]
    season = named[0] if named else loaded.season.term - 1
    draft.history = [[(season, *_earlier(history))] if history else [] for _ in range(n)]


def _proofs(rule: Rule) -> list[Certificate]:
    params: Any = rule.params
    return [proof for proof in params.certificates if proof.kind]


def _earlier(rules: list[Rule]) -> tuple[str, str]:
    """Conclusion and outcome of an earlier season that satisfy these rules."""
    said = {"history.conclusion": OTHER_WORD, "history.outcome": OTHER_WORD}
    for rule in rules:
        params: Any = rule.params
        said[rule.rule] = params.one_of[0] if params.one_of else said[rule.rule]
    return said["history.conclusion"], said["history.outcome"]

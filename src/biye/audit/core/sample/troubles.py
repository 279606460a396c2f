"""编造的问题: for every kind of rule the ways in which a student may fall short of it, stand right on it, or be unknown."""

from typing import Any

from biye.audit.core.rulebook import Rule
from biye.audit.core.sample.draft import Draft, Trouble
from biye.audit.core.sample.short_of_credits import (
    again,
    averaging,
    graded,
    group_failed,
    in_words,
    left_out,
    not_passed,
    nothing_imported,
    owing,
    thesis_not_imported,
    waived,
)
from biye.audit.core.sample.standing import OTHER_WORD
from biye.foundation.codes import Outcome
from biye.foundation.moments import day_number, minute_of
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import NO_DAY, NO_SCORE

OPTIONAL = ("ethnicity", "political_status", "exam_no", "telephone")  # columns that may be left empty without harm


def _exam(outcome: Outcome | None) -> Trouble:
    """One subject was not passed, or missed, or never tried."""

    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        del rule
        exams = draft.exams[row]
        for subject in list(exams or ())[:1]:
            if outcome is None:
                exams.pop(subject)  # type: ignore[union-attr]
            else:
                exams[subject] = (outcome, 5300 if outcome is Outcome.NOT_PASSED else NO_SCORE, "")  # type: ignore[index]

    return trouble


def _exams_not_imported(draft: Draft, row: int, rule: Rule) -> None:
    del rule
    draft.exams[row] = None


def _certificate(below: int) -> Trouble:
    """A proof just below, or exactly at, its minimum."""

    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        params: Any = rule.params
        proof = next((one for one in params.certificates if one.kind and one.min is not None), None)
        rows = draft.certificates[row] or []
        if proof is not None:
            kept = rows[-1][2] if rows else day_number(draft.deadline(params.by).date()) - 30
            draft.certificates[row] = [(proof.kind[0], draft.figure(proof.min, row) - below, kept)]

    return trouble


def _certificate_late(draft: Draft, row: int, rule: Rule) -> None:
    params: Any = rule.params
    proof = next(one for one in params.certificates if one.kind)
    late = day_number(draft.deadline(params.by).date()) + 40
    draft.certificates[row] = [(proof.kind[0], NO_SCORE if proof.min is None else 40_000, late)]


def _certificates_not_imported(draft: Draft, row: int, rule: Rule) -> None:
    del rule
    draft.certificates[row] = None


def _fees(short: int) -> Trouble:
    """So many cents of the last year are not paid; all of it at -1."""

    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        del rule
        rows = draft.fees[row]
        if rows:
            kind, year, due, paid, posted = rows[-1]
            left = paid - short if short >= 0 else 0
            rows[-1] = (kind, year, due, left, posted if left else NO_DAY)

    return trouble


def _fees_late(draft: Draft, row: int, rule: Rule) -> None:
    params: Any = rule.params
    rows = draft.fees[row]
    if rows and params.by:
        rows[-1] = (*rows[-1][:4], day_number(draft.deadline(params.by).date()) + 3)


def _fees_not_imported(draft: Draft, row: int, rule: Rule) -> None:
    del rule
    draft.fees[row] = None


def _photo_at(minutes: int) -> Trouble:
    """The photo reached CHSI so many minutes after (below nought: before) the end."""

    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        params: Any = rule.params
        moment = minute_of(draft.deadline(params.by)) + minutes
        photo = draft.photos[row]
        if photo is not None:
            draft.photos[row] = (1, moment, photo[2], max(moment, photo[3]), photo[4])

    return trouble


def _photo_missing(draft: Draft, row: int, rule: Rule) -> None:
    del rule
    draft.photos[row] = (0, -1, "", -1, int(Verdict.UNKNOWN))


def _photos_not_imported(draft: Draft, row: int, rule: Rule) -> None:
    del rule
    draft.photos[row] = None


def _compared(meaning: str) -> Trouble:
    """CHSI compared and said otherwise, in any of the words the school knows for it."""

    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        del rule
        photo = draft.photos[row]
        words = getattr(draft.school.photo.comparison, meaning)
        if photo is not None and words:
            draft.photos[row] = (*photo[:2], words[row % len(words)], *photo[3:])

    return trouble


def _compared_blank(draft: Draft, row: int, rule: Rule) -> None:
    del rule
    photo = draft.photos[row]
    if photo is not None:
        draft.photos[row] = (*photo[:2], "", -1, photo[4])


def _specification(found: Verdict) -> Trouble:
    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        del rule
        photo = draft.photos[row]
        if photo is not None:
            draft.photos[row] = (*photo[:4], int(found))

    return trouble


def _sanction(lifted: int | None) -> Trouble:
    """A sanction in force, or lifted so many days before the end."""

    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        params: Any = rule.params
        word = params.kinds[row % len(params.kinds)] if params.kinds else "警告"
        day = day_number(draft.deadline(None).date())
        draft.sanctions[row].append((word, day - 500, NO_DAY if lifted is None else day - lifted))

    return trouble


def _flag(cleared: int) -> Trouble:
    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        params: Any = rule.params
        draft.flags[row].append((params.flag[row % len(params.flag)], cleared))

    return trouble


def _earlier(said: bool) -> Trouble:
    """An earlier season concluded the other thing, or nobody knows what."""

    def trouble(draft: Draft, row: int, rule: Rule) -> None:
        params: Any = rule.params
        word = params.none_of[0] if params.none_of else OTHER_WORD
        season, conclusion, outcome = draft.history[row][0]
        is_outcome = rule.rule == "history.outcome"
        changed = (season, conclusion, word) if is_outcome else (season, word, outcome)
        draft.history[row] = [changed] if said else []

    return trouble


def _blank(draft: Draft, row: int, rule: Rule) -> None:
    params: Any = rule.params
    fields = [name for name in params.fields if name in OPTIONAL]
    if fields:
        draft.blank.setdefault(fields[row % len(fields)], set()).add(row)


def _suspended(draft: Draft, row: int, rule: Rule) -> None:
    del rule
    draft.students.suspended_terms[row] = 2


_CREDITS = (owing(5), owing(20), owing(120), thesis_not_imported, nothing_imported)
_COURSES = (not_passed, left_out, thesis_not_imported, nothing_imported)
TROUBLES: dict[str, tuple[Trouble, ...]] = {
    "credits.total": _CREDITS,
    "credits.module": _CREDITS,
    "credits.modules": _CREDITS,
    "credits.share": (owing(40), owing(150), nothing_imported),
    "credits.owed": (owing(-5), owing(0), owing(5), owing(60), nothing_imported),
    "courses.passed": _COURSES,
    "courses.count": (owing(20), owing(60), thesis_not_imported),
    "courses.choose": (group_failed, nothing_imported),
    "grade.each": (graded(-100), graded(0), graded(100), in_words),
    "grade.average": (averaging(-100), averaging(-10), averaging(0), averaging(100), nothing_imported),
    "grade.of": (graded(-50), graded(0), graded(50), in_words, thesis_not_imported),
    "attempts.count": (again(0), again(1)),
    "waivers.share": (waived,),
    "exams.unified": (
        _exam(Outcome.NOT_PASSED),
        _exam(Outcome.ABSENT),
        _exam(None),
        _exams_not_imported,
    ),
    "certificate.any_of": (_certificate(100), _certificate(0), _certificate_late, _certificates_not_imported),
    "fees.cleared": (_fees(1), _fees(120_000), _fees(-1), _fees_late, _fees_not_imported),
    "standing.study_period": (_suspended,),
    "standing.discipline": (_sanction(None), _sanction(30)),
    "standing.flag": (_flag(0), _flag(1)),
    "photo.registered": (_photo_at(-1), _photo_at(0), _photo_at(1), _photo_missing, _photos_not_imported),
    "photo.comparison": (_compared("failed"), _compared("review"), _compared_blank, _photos_not_imported),
    "photo.spec": (_specification(Verdict.NOT_MET), _specification(Verdict.UNKNOWN)),
    "record.complete": (_blank,),
    "history.conclusion": (_earlier(said=True), _earlier(said=False)),
    "history.outcome": (_earlier(said=True), _earlier(said=False)),
}

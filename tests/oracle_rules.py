"""The plain second engine, rules over everything that is no result: exams, fees, standing, photos, records, seasons."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from biye.foundation import identity
from biye.foundation.codes import Outcome, Part
from biye.foundation.moments import from_day_number, from_minute
from biye.foundation.verdicts import Verdict
from biye.seasons.core.frame import Frame
from tests.oracle_facts import Person
from tests.oracle_grades import Answer
from tests.oracle_words import Three, every, limit, some, terms_studied

NO_DAY = -(2**31)
_WORD = {True: "MET", False: "NOT_MET", None: "UNKNOWN"}


def exams_unified(one: Person, params: Any, frame: Frame) -> Answer:
    asked = one.exams_asked if params.subjects == ("plan",) else list(params.subjects)
    states = []
    for subject in asked:
        outcomes = [row["outcome"] for row in one.rows["exams"] if row["subject"] == subject]
        if Outcome.PASSED in outcomes or Outcome.EXEMPT in outcomes:
            states.append(True)
        else:
            states.append(None if -1 in outcomes or Part.EXAMS not in one.covered else False)
    have = states.count(True)
    if params.subjects == ("plan",) and not one.known_plan:
        return "UNKNOWN", 0, 0
    return (params.if_none.upper() if not asked else _WORD[every(states)]), have, len(asked)


def _day_asked(frame: Frame, by: str | None) -> date:
    moment = frame.at if by is None else frame.calendar[by] - timedelta(minutes=1)
    return moment.astimezone(frame.school.zone).date()


def certificate_any_of(one: Person, params: Any, frame: Frame) -> Answer:
    proofs = [_proof(one, params, proof, _day_asked(frame, params.by), frame) for proof in params.certificates]
    return _WORD[some(proofs)], proofs.count(True), 1


def _proof(one: Person, params: Any, proof: Any, day: date, frame: Frame) -> Three:
    table, name, part = ("exams", "subject", Part.EXAMS) if proof.exam else ("certificates", "kind", Part.CERTIFICATES)
    need = None if proof.min is None else limit(proof.min, one, frame)
    rows: list[Three] = [None if part not in one.covered else False]
    for row in one.rows[table]:
        named: Three = row[name] in (proof.exam or proof.kind) if row[name] is not None or proof.exam else None
        enough: Three = True
        if proof.min is not None:
            enough = None if need is None or row["score"] < 0 else row["score"] >= need
        if proof.exam:
            fits: Three = None if row["outcome"] < 0 else row["outcome"] == Outcome.PASSED
        else:
            fits = _in_time(one, params, proof.within, row["obtained"], day)
        rows.append(every([named, enough, fits]))
    return some(rows)


def _in_time(one: Person, params: Any, within: Any, obtained: int, day: date) -> Three:
    if within == "any_time":
        return True
    if obtained == NO_DAY:
        return None
    when = from_day_number(obtained)
    if when > day:
        return False
    if within == "while_enrolled":
        if one.entry is None:
            return None
        return when >= date(one.entry // 2, params.first_months[one.entry % 2], 1)
    if isinstance(within, int):
        leap = day.month == 2 and day.day == 29
        return when >= date(day.year - within, day.month, 28 if leap and (day.year - within) % 4 else day.day)
    return True


def fees_cleared(one: Person, params: Any, frame: Frame) -> Answer:
    groups: dict[Any, list[tuple[int, int] | None]] = {}
    for number, row in enumerate(one.rows["fees"]):
        if params.kinds and row["kind"] is not None and row["kind"] not in params.kinds:
            continue
        key = {"row": number, "kind": row["kind"], "year": row["year"], "all": 0}[params.each]
        unclear = row["due"] < 0 or row["paid"] < 0 or (params.kinds and row["kind"] is None)
        counted = _counted(row, params.by, frame)
        groups.setdefault(key, []).append(
            None if unclear else (row["due"] - row["paid"] * counted[0], row["due"] - row["paid"] * counted[1])
        )
    clear = [sums for sums in groups.values() if None not in sums]
    most = sum(max(sum(one_[0] for one_ in sums), 0) for sums in clear)
    least = sum(max(sum(one_[1] for one_ in sums), 0) for sums in clear)
    if least > 0 and (params.each == "row" or Part.FEES in one.covered):
        verdict = "NOT_MET"
    else:
        verdict = "MET" if most == 0 and len(clear) == len(groups) and Part.FEES in one.covered else "UNKNOWN"
    return verdict, ceil(Fraction(most, 100)), 0


def _counted(row: dict[str, Any], by: str | None, frame: Frame) -> tuple[bool, bool]:
    """Was the payment surely posted in time, and may it have been?"""
    if by is None:
        return True, True
    if row["posted"] == NO_DAY:
        return False, True
    end = frame.calendar[by]
    begins = datetime.combine(from_day_number(row["posted"]), datetime.min.time(), frame.school.zone)
    return begins + timedelta(days=1) <= end, begins < end


def standing_status(one: Person, params: Any, frame: Frame) -> Answer:
    word = one.words["status"]
    have = params.status.index(word) if word in params.status else -1
    return _WORD[None if word is None else have >= 0], have, 0


def standing_study_period(one: Person, params: Any, frame: Frame) -> Answer:
    level = frame.school.levels.get(one.words["level"] or "")
    possible = terms_studied(one, frame, params.suspension)
    most = limit(params.max, one, frame, level.max_terms if level else None) if params.max is not None else None
    least = limit(params.min, one, frame, level.min_terms if level else None) if params.min is not None else None
    truths: list[Three] = []
    for figure, asked in ((most, params.max), (least, params.min)):
        if asked is None:
            continue
        if figure is None or not possible:
            truths.append(None if figure is None or asked is params.max or figure > 0 else True)
            continue
        answers = {terms <= figure if asked is params.max else terms >= figure for terms in possible}
        truths.append(answers.pop() if len(answers) == 1 else None)
    too_long = params.max is not None and truths[0] is False
    need = most if params.min is None or too_long else least
    return _WORD[every(truths)], possible[0] if possible else 0, -1 if need is None else need


def standing_discipline(one: Person, params: Any, frame: Frame) -> Answer:
    today = frame.at.astimezone(frame.school.zone).date()
    against: list[Three] = []
    for row in one.rows["sanctions"]:
        over = row["lifted"] != NO_DAY and from_day_number(row["lifted"]) <= today
        if params.counts == "in_force" and over:
            continue
        against.append(True if not params.kinds else None if row["kind"] is None else row["kind"] in params.kinds)
    clean = every([*(None if one_ is None else not one_ for one_ in against)])
    if Part.SANCTIONS not in one.covered and clean is True:
        clean = None
    return _WORD[clean], against.count(True), 0


def standing_flag(one: Person, params: Any, frame: Frame) -> Answer:
    standing: set[str] = set()
    clean: Three = True if Part.FLAGS in one.covered else None
    for row in one.rows["flags"]:
        if row["flag"] is None:
            clean = None if row["cleared"] != 1 else clean
        elif row["flag"] in params.flag:
            if row["cleared"] == 0:
                standing.add(row["flag"])
            clean = None if row["cleared"] < 0 else clean
    return _WORD[False if standing else clean], len(standing), 0


def _timely(by: str | None, minute: int, frame: Frame) -> Three:
    if by is None:
        return True
    end = frame.calendar[by]
    if minute < 0:
        return True if frame.at < end else None
    return from_minute(minute) < end


def photo_registered(one: Person, params: Any, frame: Frame) -> Answer:
    row = next(iter(one.rows["photos"]), None)
    if row is None:
        known = Part.PHOTOS in one.covered
        return "NOT_MET" if known else "UNKNOWN", 0 if known else -1, 1
    there = {1: True, 0: False, -1: None}[row["at_chsi"]]
    timely = _timely(params.by, row["at_chsi_since"], frame)
    return _WORD[every([there, timely]) if there is not None else None], row["at_chsi"], 1


def photo_comparison(one: Person, params: Any, frame: Frame) -> Answer:
    row = next(iter(one.rows["photos"]), None)
    lists = frame.school.photo.comparison
    word = row["comparison"] if row else None
    if word is None:
        return "UNKNOWN", 0, 1
    if word in (params.one_of or lists.passed):
        return _WORD[_timely(params.by, row["compared"], frame)], 1, 1  # type: ignore[index]
    if word in lists.failed or word in lists.passed:
        return "NOT_MET", 2, 1
    return "UNKNOWN", 3 if word in lists.review else 4, 1


def photo_spec(one: Person, params: Any, frame: Frame) -> Answer:
    found = Verdict(next((row["specification"] for row in one.rows["photos"]), Verdict.UNKNOWN))
    return found.name if found in (Verdict.MET, Verdict.NOT_MET) else "UNKNOWN", int(found), 1


def record_complete(one: Person, params: Any, frame: Frame) -> Answer:
    filled: list[Three] = [one.filled.get(name) for name in params.fields]
    return _WORD[every(filled)], filled.count(True), len(params.fields)


def record_consistent(one: Person, params: Any, frame: Frame) -> Answer:
    number, word, birth, sex = one.identity
    resident = [
        *identity.DOCUMENT_WORDS[identity.Document.RESIDENT],
        *identity.DOCUMENT_WORDS[identity.Document.RESIDENCE_PERMIT],
    ]
    if word is None:
        return "UNKNOWN", 0, 0
    if word not in resident:
        return "NOT_REQUIRED", 0, 0
    read = identity.read(number, identity.Document.RESIDENT)
    says = read.birth is not None and len(number) in (15, 18)
    differs = [
        says and birth is not None and from_day_number(birth) != read.birth,
        read.sex != identity.UNKNOWN_SEX and sex is not None and sex != read.sex,
        bool(number) and bool(read.problems),
    ]
    blank = not number or birth is None or sex is None
    return ("NOT_MET" if any(differs) else "UNKNOWN" if blank else "MET"), sum(differs), 0


def _history(column: str) -> Callable[[Person, Any, Frame], Answer]:
    def measure(one: Person, params: Any, frame: Frame) -> Answer:
        rows = one.rows["history"]
        before = [row for row in rows if 0 <= row["season"] < frame.season_term]
        undated = [row for row in rows if row["season"] < 0]
        words = [*params.one_of, *params.none_of]
        unseen = Part.HISTORY not in one.covered
        if params.season == "latest":
            last = max((row["season"] for row in before), default=None)
            before = [row for row in before if row["season"] == last]
        elif params.season != "any":
            before = [row for row in rows if row["season"] == params.season]
        answers = {None if row[column] is None else row[column] in words for row in before}
        if params.season == "any":
            truth: Three = True if True in answers else None if undated or None in answers or unseen else False
        else:
            clear = len(answers) == 1 and not undated and None not in answers
            later = unseen and (params.season == "latest" or not answers)
            if answers <= {False} and not undated and not later:
                truth = False
            else:
                truth = True if clear and answers == {True} and not later else None
        have = sum(row[column] in words for row in before if row[column] is not None)
        if params.none_of:
            return _WORD[None if truth is None else not truth], have, 0
        return _WORD[truth], have, 1

    return measure


RULES: dict[str, Callable[[Person, Any, Frame], Answer]] = {
    "exams.unified": exams_unified,
    "certificate.any_of": certificate_any_of,
    "fees.cleared": fees_cleared,
    "standing.status": standing_status,
    "standing.study_period": standing_study_period,
    "standing.discipline": standing_discipline,
    "standing.flag": standing_flag,
    "photo.registered": photo_registered,
    "photo.comparison": photo_comparison,
    "photo.spec": photo_spec,
    "record.complete": record_complete,
    "record.consistent": record_consistent,
    "history.conclusion": _history("conclusion"),
    "history.outcome": _history("outcome"),
}

"""其他规则的说法: exams, certificates, fees, status, photos, records, earlier seasons and quotas."""

from typing import Any

from biye.audit.core.explain.figures import Stored, Told, plain, tells
from biye.audit.core.explain.names import Names
from biye.audit.core.explain.phrases import DIFFERS, PHRASES, WORDS
from biye.audit.core.explain.wording import bits, listed
from biye.audit.core.rules import exams, photos, ranks, records, standing
from biye.audit.core.rules.fees import FeesCleared
from biye.audit.core.rules.history import HistoryOf
from biye.audit.core.vocabulary import Unit
from biye.foundation.amounts import show_score
from biye.foundation.verdicts import Verdict

_STATES = {
    photos.PASSED: "passed_photo",
    photos.FAILED: "failed_photo",
    photos.REVIEW: "review_photo",
    photos.OTHER: "other_photo",
}


@tells("exams.unified")
def unified(params: exams.ExamsUnified, stored: Stored, plan: int, names: Names) -> Told:
    """Which subjects are missing, and which nobody knows."""
    subjects = exams.asked_subjects(names.plans, plan, params)
    missing = bits(stored.detail & ((1 << exams.SHOWN) - 1), subjects)
    unknown = bits(stored.detail >> exams.SHOWN, subjects)
    values = {
        **plain(stored, Unit.COUNT),
        "missing": listed(missing, WORDS["subjects"]),
        "unknown": listed(unknown, WORDS["subjects"]),
    }
    if not stored.need:
        return Told(values, "nothing")
    return Told(values, "partly" if missing and unknown else "")


@tells("certificate.any_of")
def certificate(params: exams.CertificateAnyOf, stored: Stored, plan: int, names: Names) -> Told:
    """Which proofs hold, and what would."""
    del plan, names
    asked = [proof_words(proof) for proof in params.certificates]
    kinds = [_or(proof.kind or proof.exam) for proof in params.certificates]
    holds = bits(stored.detail & ((1 << exams.SHOWN) - 1), kinds)
    values = {"proofs": listed(holds, WORDS["items"]), "asked": WORDS["or_else"].join(asked)}
    return Told(values, have="" if holds else "none")


def proof_words(proof: exams.Certificate) -> str:
    """One proof as a notice names it: CET-4 400 分以上."""
    words = _or(proof.kind or proof.exam)
    if proof.min is not None and isinstance(proof.min.root, int):
        words = WORDS["points"].format(words=words, least=show_score(proof.min.root).removesuffix(".0"))
    if isinstance(proof.within, int):
        words = WORDS["years"].format(words=words, years=proof.within)
    return words


def _or(words: tuple[str, ...]) -> str:
    return WORDS["or"].join(words)


@tells("fees.cleared")
def fees(params: FeesCleared, stored: Stored, plan: int, names: Names) -> Told:
    """What is owed."""
    del plan
    by = names.by(params.by)
    values = {**plain(stored, Unit.MONEY), "by": by}
    reason = "by" if by and stored.verdict is Verdict.NOT_MET else ""
    if stored.verdict is Verdict.UNKNOWN and stored.detail:
        reason = "posting"
    unknown = "unknown" if stored.verdict is Verdict.UNKNOWN else "none"
    return Told(values, reason, have="" if stored.have else unknown, need="by" if by else "")


@tells("standing.status")
def status(params: standing.StandingStatus, stored: Stored, plan: int, names: Names) -> Told:
    """The status, where it is one of those asked."""
    del plan, names
    known = stored.have >= 0
    values = {"status": params.status[stored.have] if known else "", "asked": _or(params.status)}
    return Told(values, have="" if known else "none")


@tells("standing.study_period")
def study_period(params: standing.StandingStudyPeriod, stored: Stored, plan: int, names: Names) -> Told:
    """Terms studied against the fewest or the most."""
    del plan, names
    is_most = params.min is None or (params.max is not None and stored.have > stored.need)
    values = {**plain(stored, Unit.TERMS), "relation": WORDS["at_most" if is_most else "at_least"]}
    if stored.verdict is Verdict.UNKNOWN:
        by_bits = {standing.UNKNOWN_INTAKE: "intake", standing.UNKNOWN_SUSPENSION: "suspension"}
        return Told(values, next((word for bit, word in by_bits.items() if stored.detail & bit), ""))
    return Told(values, "long" if is_most else "")


@tells("standing.discipline")
def discipline(params: standing.StandingDiscipline, stored: Stored, plan: int, names: Names) -> Told:
    """Sanctions against the student."""
    del plan, names
    kinds = listed(bits(stored.detail, params.kinds), WORDS["items"])
    values = {
        **plain(stored, Unit.COUNT),
        "kinds": WORDS["bracketed"].format(words=kinds) if kinds else "",
        "asked": WORDS[params.counts].format(kinds=PHRASES["and"].join(params.kinds) or WORDS["any_sanction"]),
    }
    return Told(values)


@tells("standing.flag")
def flag(params: standing.StandingFlag, stored: Stored, plan: int, names: Names) -> Told:
    """Flags still standing."""
    del plan, names
    words = [WORDS["quoted"].format(word=word) for word in params.flag]
    return Told(
        {
            **plain(stored, Unit.COUNT),
            "flags": listed(bits(stored.detail, words), WORDS["items"]),
            "asked": listed(words, WORDS["items"]),
        }
    )


@tells("photo.registered")
def registered(params: photos.PhotoRegistered, stored: Stored, plan: int, names: Names) -> Told:
    """Is the photo at CHSI, and since when."""
    del plan
    by, when = names.by(params.by), names.minute(stored.detail >> photos.MINUTE_FROM)
    have = {1: "when" if when else "", 0: "none"}.get(stored.have, "unknown")
    reason = "by" if by else ""
    if stored.detail & photos.TOO_LATE:
        reason = "late"
    if stored.verdict is Verdict.UNKNOWN:
        reason = "time" if stored.detail & photos.TIME_UNKNOWN else ""
    return Told({"by": by, "when": when}, reason, have, "by" if by else "")


@tells("photo.comparison")
def comparison(params: photos.PhotoComparison, stored: Stored, plan: int, names: Names) -> Told:
    """What CHSI said, by meaning."""
    del plan
    by = names.by(params.by)
    values = {
        "by": by,
        "when": names.minute(stored.detail >> photos.MINUTE_FROM),
        "state": WORDS[_STATES.get(stored.have, "no_photo_text")],
        "asked": _or(params.one_of) or WORDS["passed_photo"],
    }
    reason = "by" if by else ""
    if stored.detail & photos.TOO_LATE:
        reason = "late"
    if stored.verdict is Verdict.UNKNOWN:
        by_bits = {photos.TIME_UNKNOWN: "time", photos.IN_REVIEW: "review", photos.UNFAMILIAR: "unfamiliar"}
        reason = next((word for bit, word in by_bits.items() if stored.detail & bit), "")
    return Told(values, reason, need="by" if by else "")


@tells("photo.spec")
def specification(params: Any, stored: Stored, plan: int, names: Names) -> Told:
    """Does the picture meet the specification."""
    del params, plan, names
    return Told({"state": WORDS[f"spec_{stored.verdict.name.lower()}"]})


@tells("record.complete")
def complete(params: records.RecordComplete, stored: Stored, plan: int, names: Names) -> Told:
    """Fields left blank, or never imported."""
    del plan
    fields = [names.field(name) for name in params.fields]
    mask = stored.detail if stored.verdict is Verdict.NOT_MET else stored.detail >> records.SHOWN
    blank = bits(mask & ((1 << records.SHOWN) - 1), fields)
    return Told({**plain(stored, Unit.COUNT), "fields": listed(blank, WORDS["items"])})


@tells("record.consistent")
def consistent(params: Any, stored: Stored, plan: int, names: Names) -> Told:
    """What disagrees with the identity number."""
    del params, plan, names
    return Told({**plain(stored, Unit.COUNT), "differs": listed(bits(stored.detail, DIFFERS), WORDS["items"])})


@tells("history.conclusion", "history.outcome")
def history(params: HistoryOf, stored: Stored, plan: int, names: Names) -> Told:
    """What earlier seasons should have said."""
    del plan, names
    words = _or(params.one_of or params.none_of)
    asked = WORDS["one_of" if params.one_of else "none_of"].format(words=words)
    return Told({**plain(stored, Unit.COUNT), "asked": asked})


@tells("rank.within")
def rank(params: Any, stored: Stored, plan: int, names: Names) -> Told:
    """The place within the group."""
    del params, plan, names
    values = {**plain(stored, Unit.COUNT), "size": str(stored.detail >> ranks.SIZE_FROM)}
    by_bits = {ranks.NOT_RANKED: "not_ranked", ranks.NOT_COMPARED: "outside", ranks.GROUP_TOO_SMALL: "small"}
    return Told(values, next((word for bit, word in by_bits.items() if stored.detail & bit), ""))

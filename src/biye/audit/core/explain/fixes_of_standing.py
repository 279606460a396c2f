"""其他最近办法: exams, certificates, fees, photos, flags, the record."""

from biye.audit.core.explain.fixes import Shortfall, mends
from biye.audit.core.explain.phrases import FIXES
from biye.audit.core.explain.shapes import Fix
from biye.audit.core.explain.wording import day
from biye.audit.core.rules import photos


def _told(found: Shortfall) -> dict[str, str]:
    return found.speaker.told(found.rule, found.stored, found.plan).values


@mends("exams.unified")
def exams(found: Shortfall) -> tuple[Fix, ...]:
    """The subjects missing."""
    return (Fix(found.says("exams", subjects=_told(found)["missing"])),)


@mends("certificate.any_of")
def certificate(found: Shortfall) -> tuple[Fix, ...]:
    """Any proof of the list."""
    return (Fix(found.says("certificate", asked=_told(found)["asked"])),)


@mends("fees.cleared")
def fees(found: Shortfall) -> tuple[Fix, ...]:
    """What is to be paid, and until when it has to be posted."""
    by = found.params.by
    until = FIXES["fees_until"].format(until=found.speaker.names.by(by)) if by and _is_ahead(found, by) else ""
    return (Fix(found.says("fees", amount=_told(found)["have"], until=until)),)


@mends("standing.study_period")
def study_period(found: Shortfall) -> tuple[Fix, ...]:
    """Terms still to study, or a talk about what comes after."""
    stored = found.stored
    if stored.have < stored.need:
        return (Fix(found.says("study_short", terms=stored.need - stored.have)),)
    return (Fix(found.says("study_long")),)


@mends("standing.discipline")
def discipline(found: Shortfall) -> tuple[Fix, ...]:
    """Only its being lifted helps."""
    return (Fix(found.says("discipline" if found.params.counts == "in_force" else "person")),)


@mends("standing.flag")
def flag(found: Shortfall) -> tuple[Fix, ...]:
    """The office clears it."""
    return (Fix(found.says("flag", flags=_told(found)["flags"])),)


@mends("photo.registered", "photo.comparison")
def photo(found: Shortfall) -> tuple[Fix, ...]:
    """The road of a photo: taken, seen at CHSI, compared; after a failed comparison a better picture, then evidence."""
    if found.stored.detail & photos.TOO_LATE:
        return (Fix(found.says("photo_late")),)
    failed = found.rule.rule == "photo.comparison" and found.stored.have == photos.FAILED
    return (Fix(found.says("photo_failed" if failed else "photo", until=_until(found))),)


@mends("photo.spec")
def specification(found: Shortfall) -> tuple[Fix, ...]:
    """A new picture."""
    return (Fix(found.says("photo_spec")),)


@mends("record.complete")
def complete(found: Shortfall) -> tuple[Fix, ...]:
    """The fields left blank."""
    return (Fix(found.says("fields", fields=_told(found)["fields"])),)


@mends("record.consistent")
def consistent(found: Shortfall) -> tuple[Fix, ...]:
    """What disagrees, to be corrected."""
    return (Fix(found.says("consistent", differs=_told(found)["differs"])),)


def _is_ahead(found: Shortfall, entry: str) -> bool:
    return found.speaker.frame.at < found.speaker.frame.calendar[entry]


def _until(found: Shortfall) -> str:
    by = found.params.by
    if not by:
        return ""
    closing = day(found.speaker.frame.calendar[by], found.speaker.names.now)
    return FIXES["photo_until" if _is_ahead(found, by) else "photo_over"].format(until=closing)

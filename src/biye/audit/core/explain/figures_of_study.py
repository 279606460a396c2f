"""学业类规则的说法: credits, courses and grades."""

from typing import Any

from biye.audit.core.explain.figures import Stored, Told, plain, tells
from biye.audit.core.explain.names import Names
from biye.audit.core.explain.phrases import PHRASES, WORDS
from biye.audit.core.explain.wording import bits, listed
from biye.audit.core.rules.choices import CoursesChoose
from biye.audit.core.rules.courses import AttemptsCount, CoursesCount, WaiversShare
from biye.audit.core.rules.credits import MODULES_SHOWN, CreditsModule
from biye.audit.core.rules.grades import (
    COUNTED_FROM,
    NO_NUMBER,
    NO_RESULT,
    NO_SUCH_COURSE,
    NOTHING_COUNTED,
    WORD_WITHOUT_NUMBER,
    GradeAverage,
    GradeOf,
)
from biye.audit.core.vocabulary import Unit
from biye.foundation.codes import MARK_WORDS, OBTAINED_WORDS, Mark, Obtained
from biye.foundation.verdicts import Verdict
from biye.records.core.tables import NO_SCORE

_MARK_BITS = 15


@tells("credits.total", "credits.owed")
def credits(params: Any, stored: Stored, plan: int, names: Names) -> Told:
    """Credits earned, or owed."""
    del params, plan, names
    return Told(plain(stored, Unit.CREDITS))


@tells("credits.module")
def module(params: CreditsModule, stored: Stored, plan: int, names: Names) -> Told:
    """Credits of one module."""
    del plan, names
    return Told({**plain(stored, Unit.CREDITS), "module": params.module}, "nothing" if stored.need < 0 else "")


@tells("credits.modules")
def modules(params: Any, stored: Stored, plan: int, names: Names) -> Told:
    """Which modules fall short, or still may."""
    del params
    short = stored.detail if stored.verdict is Verdict.NOT_MET else stored.detail >> MODULES_SHOWN
    found = bits(short & ((1 << MODULES_SHOWN) - 1), names.modules(plan))
    return Told({**plain(stored, Unit.CREDITS), "modules": listed(found, WORDS["modules"])})


@tells("credits.share")
def share(params: Any, stored: Stored, plan: int, names: Names) -> Told:
    """A share of the plan's credits."""
    del params, plan, names
    return Told(plain(stored, Unit.PERCENT))


@tells("courses.passed")
def courses_passed(params: Any, stored: Stored, plan: int, names: Names) -> Told:
    """Courses not passed."""
    del params
    reason = "nothing" if not stored.need else ""
    return Told({**plain(stored, Unit.COUNT), "courses": names.courses(stored.detail, plan)}, reason)


@tells("courses.count")
def courses_count(params: CoursesCount, stored: Stored, plan: int, names: Names) -> Told:
    """How many courses."""
    del plan, names
    return Told({**plain(stored, Unit.COUNT), "done": WORDS[params.counting]})


@tells("courses.choose")
def courses_choose(params: CoursesChoose, stored: Stored, plan: int, names: Names) -> Told:
    """Which groups lack courses."""
    del plan, names
    labels = [group.label or WORDS["group"].format(number=number) for number, group in enumerate(params.groups, 1)]
    return Told({**plain(stored, Unit.COUNT), "groups": listed(bits(stored.detail, labels), WORDS["groups"])})


@tells("attempts.count")
def attempts(params: AttemptsCount, stored: Stored, plan: int, names: Names) -> Told:
    """Re-sits and retakes."""
    values = {
        **plain(stored, Unit.COUNT),
        "what": PHRASES["and"].join(OBTAINED_WORDS[Obtained(way)][0] for way in params.what),
        "counter": WORDS[params.counting],
        "courses": names.courses(stored.detail, plan),
    }
    return Told(values)


@tells("waivers.share")
def waivers(params: WaiversShare, stored: Stored, plan: int, names: Names) -> Told:
    """Courses waived, too many of them or such as never may be."""
    values = {
        **plain(stored, Unit.COUNT),
        "what": PHRASES["and"].join(OBTAINED_WORDS[Obtained(way)][0] for way in params.ways),
        "courses": names.courses(stored.detail, plan),
    }
    return Told(values, "forbidden" if stored.have <= stored.need else "")


@tells("grade.each")
def grade_each(params: Any, stored: Stored, plan: int, names: Names) -> Told:
    """The lowest grade, and courses below the limit."""
    del params
    none = stored.have == NO_SCORE
    values = {**plain(stored, Unit.SCORE), "courses": names.courses(stored.detail, plan)}
    return Told(values, "nothing" if none and not stored.detail else "", have="none" if none else "")


@tells("grade.average")
def grade_average(params: GradeAverage, stored: Stored, plan: int, names: Names) -> Told:
    """The average, over how many courses."""
    del plan, names
    values = {
        **plain(stored, Unit.SCORE),
        "courses": str(stored.detail >> COUNTED_FROM),
        "relation": WORDS["asks" if params.above is None else "above"],
    }
    none = stored.detail & NOTHING_COUNTED
    if none:
        return Told(values, "nothing", have="none")
    if stored.verdict is Verdict.UNKNOWN:
        return Told(values, "words" if stored.detail & WORD_WITHOUT_NUMBER else "")
    return Told(values, "even" if stored.have >= stored.need else "")


@tells("grade.of")
def grade_of(params: GradeOf, stored: Stored, plan: int, names: Names) -> Told:
    """The grade of one course, by number or by word."""
    del plan, names
    mark = Mark(stored.detail & _MARK_BITS)
    asked = params.min.word
    values = plain(stored, Unit.SCORE)
    if asked is not None:
        values["need"] = MARK_WORDS[asked][0]
    if mark is not Mark.NUMBER:
        values["have"] = MARK_WORDS[mark][0]
    return Told(
        values, _reason_of_one(stored, by_word=mark is not Mark.NUMBER or asked is not None), _none_of_one(stored)
    )


def _none_of_one(stored: Stored) -> str:
    return "none" if stored.detail & NO_RESULT else ""


def _reason_of_one(stored: Stored, *, by_word: bool) -> str:
    if stored.detail & NO_SUCH_COURSE:
        return "nothing"
    if stored.verdict is Verdict.UNKNOWN:
        return "words" if stored.detail & NO_NUMBER else ""
    if stored.detail & NO_RESULT:
        return "none"
    return "word" if by_word else ""

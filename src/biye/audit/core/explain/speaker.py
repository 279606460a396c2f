"""审查意见的写法: a finding with its sentence from the numbers a run stored: what is wrong, have and need, clause, until when, whom to ask.

The same numbers are put into words once; two thousand students have a few hundred different findings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from biye.audit.core.explain import figures_of_standing, figures_of_study  # noqa: F401  (they register their tellers)
from biye.audit.core.explain.catalogue import RULES
from biye.audit.core.explain.figures import TELLERS, Stored, Told
from biye.audit.core.explain.names import Names
from biye.audit.core.explain.phrases import PHRASES
from biye.audit.core.explain.shapes import Finding
from biye.audit.core.explain.wording import day, describe, sentence_of
from biye.audit.core.loading import LoadedSeason
from biye.audit.core.plans import PlanGrid
from biye.audit.core.rulebook import Rule
from biye.audit.core.vocabulary import Needs
from biye.foundation.verdicts import Verdict
from biye.seasons.core.frame import Frame
from biye.seasons.core.shapes import Source

_Key = tuple[int, Verdict, int, int, int, int, bool]


@dataclass(slots=True)
class Speaker:
    """审查意见的写法 for one season at one moment. `plans` name courses: those of the students spoken of."""

    loaded: LoadedSeason
    frame: Frame
    plans: PlanGrid
    names: Names = field(init=False)
    shorts: Mapping[str, str] = field(init=False)  # document id → what a sentence calls it
    _said: dict[_Key, Finding] = field(default_factory=dict)
    _books: dict[str, str] = field(default_factory=dict)
    _asks: list[tuple[bool, bool]] = field(default_factory=list)  # by rule: has it a moment, does it speak of a plan?

    def __post_init__(self) -> None:
        season, books = self.loaded.season, self.loaded.programme.books
        self.names = Names(self.frame, season.calendar, self.plans)
        documents = [*season.documents, *(one for book in books.values() for one in (book.document, *book.documents))]
        self.shorts = {document.id: document.short for document in documents}
        kinds = [rule.kind.needs for rule in self.loaded.programme.rules]
        self._asks = [(Needs.PHOTOS in needs, bool(needs & _BY_PLAN)) for needs in kinds]
        self._books = {rule.id: name for name, book in books.items() for rule in book.rules}

    def finding(self, number: int, stored: Stored, plan: int, *, is_override: bool = False) -> Finding:
        """One rule's finding, by the rule's number in the programme. Fixes are not among the stored numbers."""
        timed, by_plan = self._asks[number]
        # The minute of a photo matters only to whoever was late.
        detail = 0 if timed and stored.verdict is Verdict.MET else stored.detail
        place = plan if by_plan and detail else min(plan, 0)
        key = (number, stored.verdict, stored.have, stored.need, detail, place, is_override)
        said = self._said.get(key)
        if said is None:
            rule, numbers = self.loaded.programme.rules[number], replace(stored, detail=detail)
            said = self._said[key] = self._say(rule, numbers, plan, is_override=is_override)
        return said

    def _say(self, rule: Rule, stored: Stored, plan: int, *, is_override: bool) -> Finding:
        office = self.loaded.school.offices[rule.office]
        telephone = PHRASES["and"].join(office.telephone)
        told = self.told(rule, stored, plan)
        have = sentence_of(rule.rule, "have", told.have, told.values)
        need = sentence_of(rule.rule, "need", told.need, told.values)
        has_plan = plan >= 0 or not (rule.kind.needs & {Needs.GRADES} or told.reason == "nothing")
        text = self._text(rule, stored, told, has_plan=has_plan)
        if is_override:
            text = PHRASES["override"].format(verdict=stored.verdict.chinese, have=have, need=need)
        is_silent = stored.verdict is Verdict.NOT_REQUIRED
        return Finding(
            rule=rule.id,
            book=self._books[rule.id],
            label=rule.label,
            verdict=stored.verdict,
            have="" if is_silent or not has_plan else have,
            need="" if is_silent or not has_plan else need,
            clause=self.clause(rule.source),
            office=office.label,
            telephone=telephone,
            effect=rule.effect,
            text=text,
            sentence=PHRASES["sentence"].format(
                text=text,
                clause=self.clause(rule.source),
                effect=PHRASES["effect"].format(effect=rule.effect) if rule.effect and _matters(stored) else "",
                tail=self._tail(stored.verdict, rule.office),
            ),
            is_override=is_override,
        )

    def told(self, rule: Rule, stored: Stored, plan: int) -> Told:
        """What the stored numbers say, as values for sentences."""
        told = TELLERS[rule.rule](rule.params, stored, plan, self.names)
        told.values["label"] = rule.label
        return told

    def _text(self, rule: Rule, stored: Stored, told: Told, *, has_plan: bool) -> str:
        if stored.verdict is Verdict.NOT_REQUIRED:
            if rule.for_ is None:
                return RULES.get(f"{rule.rule}.not_required", PHRASES["not_required"])
            return PHRASES["not_required_for"].format(people=describe(rule.for_))
        if stored.verdict is Verdict.UNKNOWN and not has_plan:
            return PHRASES["no_plan"]
        return sentence_of(rule.rule, stored.verdict.name.lower(), told.reason, told.values)

    def clause(self, source: Source) -> str:
        """依据 as a sentence names it: 通知二.1."""
        return f"{self.shorts[source.document]}{source.clause}"

    def office(self, name: str) -> str:
        """A 科室 with its telephone."""
        office = self.loaded.school.offices[name]
        return " ".join((office.label, *office.telephone))

    def _tail(self, verdict: Verdict, office: str) -> str:
        if verdict is Verdict.UNKNOWN:
            return PHRASES["unknown"].format(office=self.office(office))
        if verdict is not Verdict.NOT_MET:
            return ""
        closing = self.objections_until()
        if closing is None:
            return PHRASES["objection_undated"].format(office=self.office(office))
        key = "objection" if self.frame.at < closing else "objection_over"
        return PHRASES[key].format(until=day(closing, self.names.now), office=self.office(office))

    def objections_until(self) -> datetime | None:
        """异议截止: the next end of a time in which silence means consent, once all are over the last of them.

        Where a season has none, the last moment that decides whether somebody graduates in it; None without any.
        """
        calendar = self.loaded.season.calendar.values()
        closings = sorted(entry.until for entry in calendar if entry.silence == "no_objection")
        if not closings:
            return max((entry.until for entry in calendar if entry.silence == "not_this_season"), default=None)
        return next((closing for closing in closings if self.frame.at < closing), closings[-1])


_BY_PLAN = frozenset({Needs.GRADES, Needs.EXAMS})


def _matters(stored: Stored) -> bool:
    return stored.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN)

"""说明: everything one student is told, put together from what the audit found and the facts it looked at."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from biye.audit.core.engine import Judged
from biye.audit.core.explain import fixes_of_standing, fixes_of_study  # noqa: F401  (they register their menders)
from biye.audit.core.explain.course_lines import asked_credits, course_lines, module_bars
from biye.audit.core.explain.evidence import Evidence
from biye.audit.core.explain.figures import Stored
from biye.audit.core.explain.fixes import fixes
from biye.audit.core.explain.routes import RouteTeller
from biye.audit.core.explain.shapes import ExamLine, Explanation, Finding
from biye.audit.core.explain.speaker import Speaker
from biye.audit.core.explain.standing_lines import conclusions, exam_lines, exams_in_words, why_not
from biye.audit.core.loading import LoadedSeason
from biye.audit.core.pipeline import Audited
from biye.foundation.verdicts import Truth, Verdict

_VERDICTS = tuple(Verdict)


@dataclass(slots=True)
class Explainer:
    """说明的编写 for an audited population. `overridden` are pairs of rule number and row that a person decided."""

    loaded: LoadedSeason
    audited: Audited
    overridden: frozenset[tuple[int, int]] = frozenset()
    speaker: Speaker = field(init=False)
    evidence: Evidence = field(init=False)
    routes: RouteTeller = field(init=False)
    _stored: tuple[int, list[Stored]] | None = None  # of the last student asked for

    def __post_init__(self) -> None:
        population = self.audited.population
        self.speaker = Speaker(self.loaded, population.frame, population.plans)
        self.evidence = Evidence(population)
        self.routes = RouteTeller.of(self.speaker)

    @property
    def judged(self) -> Judged:
        """What the audit found."""
        return self.audited.judged

    def findings(self, row: int, *, with_fixes: bool = True) -> tuple[Finding, ...]:
        """审查意见 of one student, in the order of the rules."""
        plan = self.evidence.plan(row)
        made = []
        for number, (rule, stored) in enumerate(zip(self.loaded.programme.rules, self.stored(row), strict=True)):
            is_override = (number, row) in self.overridden
            finding = self.speaker.finding(number, stored, plan, is_override=is_override)
            if with_fixes and not is_override and stored.verdict in (Verdict.NOT_MET, Verdict.UNKNOWN):
                finding = replace(finding, fixes=fixes(rule, stored, row, self.evidence, self.speaker))
            made.append(finding)
        return tuple(made)

    def stored(self, row: int) -> list[Stored]:
        """The numbers of one student's findings, in the order of the rules."""
        if self._stored is not None and self._stored[0] == row:
            return self._stored[1]
        judged = self.judged
        numbers = (part[:, row].tolist() for part in (judged.verdict, judged.have, judged.need, judged.detail))
        found = [Stored(_VERDICTS[verdict], *rest) for verdict, *rest in zip(*numbers, strict=True)]
        self._stored = (row, found)
        return found

    def brief(self, row: int, *, with_fixes: bool = True) -> Explanation:
        """Conclusions, findings and routes of one student, without the tables of courses, modules and exams."""
        students = self.audited.population.tables.students
        candidate = Truth(int(self.judged.candidate[row]))
        findings = self.findings(row, with_fixes=with_fixes and candidate is not Truth.FALSE)
        return Explanation(
            student_no=students.student_no[row],
            name=students.name[row],
            candidate=candidate,
            why_not=why_not(self.speaker, students, row, candidate),
            conclusions=conclusions(self.speaker, self.judged, row, students, findings),
            findings=findings,
            routes=self.routes.lines(self.judged, row, students, findings),
            earned=self.evidence.earned(row),
            asked=asked_credits(self.evidence, row),
        )

    def full(self, row: int) -> Explanation:
        """Everything about one student."""
        brief = self.brief(row)
        exams = exam_lines(self.evidence, row)
        return replace(
            brief,
            findings=tuple(self._with_exams(finding, exams) for finding in brief.findings),
            modules=module_bars(self.evidence, row, self.speaker),
            courses=course_lines(self.evidence, row),
            exams=exams,
        )

    def _with_exams(self, finding: Finding, exams: tuple[ExamLine, ...]) -> Finding:
        """Unified exams subject by subject, where the finding is about them."""
        rule = next(rule for rule in self.loaded.programme.rules if rule.id == finding.rule)
        if rule.rule != "exams.unified" or finding.verdict is Verdict.NOT_REQUIRED or not exams:
            return finding
        return replace(finding, have=exams_in_words(exams))

    def briefs(self, *, with_fixes: bool = True) -> Iterator[Explanation]:
        """Everybody, one after another."""
        for row in range(len(self.audited)):
            yield self.brief(row, with_fixes=with_fixes)

"""名称: what the bits of a finding stand for: courses and modules of a plan, in the order in which the audit numbers them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from biye.audit.core.bitsets import LOW
from biye.audit.core.explain.wording import bits, day, instant, listed
from biye.audit.core.plans import PlanGrid
from biye.foundation.moments import from_minute
from biye.records.core.sheets.students import SPEC
from biye.seasons.core.frame import Frame
from biye.seasons.core.season import CalendarEntry


@dataclass(slots=True)
class Names:
    """名称 of one season's plans, and its moments as they are written."""

    frame: Frame
    calendar: Mapping[str, CalendarEntry]
    plans: PlanGrid
    _slots: dict[int, list[str]] = field(default_factory=dict)
    _modules: dict[int, list[str]] = field(default_factory=dict)
    _closings: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The moment asked about, in the school's zone."""
        return self.frame.at.astimezone(self.frame.school.zone)

    def slots(self, plan: int) -> list[str]:
        """Names of a plan's courses in the order of slots."""
        if plan not in self._slots:
            names = self.plans.courses.name
            self._slots[plan] = [names[course] for course in self.plans.course[plan].tolist() if course >= 0]
        return self._slots[plan]

    def courses(self, detail: int, plan: int) -> str:
        """The courses of a finding's bits."""
        names = self.slots(plan)
        found = bits(detail & ((1 << LOW) - 1), names)
        return listed(found + names[LOW:] if detail >> LOW & 1 else found)

    def modules(self, plan: int) -> list[str]:
        """Names of a plan's modules in their order."""
        if plan not in self._modules:
            source = self.plans.source
            rows = [row for row in self.plans.module_row[plan].tolist() if row >= 0]
            self._modules[plan] = [source.module_name[row] or source.module_code[row] for row in rows]
        return self._modules[plan]

    @staticmethod
    def field(name: str) -> str:
        """A field of the student's record by its heading."""
        return next((column.label for column in SPEC.columns if column.name == name), name)

    def by(self, entry: str | None) -> str:
        """When a calendar entry closes; empty where none is named."""
        if entry is None:
            return ""
        if entry not in self._closings:
            self._closings[entry] = day(self.frame.calendar[entry], self.now)
        return self._closings[entry]

    def minute(self, minute: int) -> str:
        """A minute since 1970 as it is written; empty where it is not known."""
        return instant(from_minute(minute, self.frame.school.zone), self.now) if minute > 0 else ""

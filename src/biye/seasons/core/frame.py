"""审查时点: what is the same for every student of one audit."""

from dataclasses import dataclass, field
from datetime import datetime

from biye.seasons.core.school import School


@dataclass(frozen=True, slots=True)
class Frame:
    """审查时点: the moment asked about, the season's term index, the school, each calendar entry's closing moment."""

    at: datetime
    season_term: int
    school: School
    calendar: dict[str, datetime] = field(default_factory=dict)

"""将要毕业的学生: whom the newest audit lets graduate, and whom nothing but the photo itself still keeps back."""

from collections.abc import Callable, Iterator

import numpy as np

from biye.accounts.core.asker import Asker
from biye.audit.core.engine import Programme, conclude
from biye.audit.core.pipeline import gather
from biye.audit.core.storing import judged_of
from biye.audit.models.run import Run
from biye.audit.queries.facts import explained_by
from biye.audit.queries.outcomes import stored_outcomes
from biye.audit.queries.results import Filter, favourable_rows, outcomes_of
from biye.audit.queries.rules import read_rules
from biye.foundation.verdicts import Truth, Verdict
from biye.machinery.columns.core.selecting import Who
from biye.machinery.columns.reading import here
from biye.records.queries.columns import load_tables

CHUNK = 2_000
_PHOTO = "photo."


def graduating_but_for_photo(
    asker: Asker, run: Run, progress: Callable[[int, int], None] = lambda done, total: None
) -> Iterator[int]:
    """Ids of candidates whose conclusion is favourable, or would be if every rule about photos were met: a photo must be
    handed over before it can be found where it belongs."""
    candidates = outcomes_of(asker, run, Filter(candidate=Truth.TRUE)).order_by("student_id")
    found = list(candidates.values_list("student_id", "conclusion"))
    favourable = favourable_rows(run)
    programme = read_rules(run.rules).programme
    photo = _photo_rules(programme)
    for start in range(0, len(found), CHUNK):
        progress(start, len(found))
        part = found[start : start + CHUNK]
        others = [student for student, conclusion in part if conclusion not in favourable]
        would = set(_would(run, others, photo, favourable)) if photo and others else set()
        yield from (student for student, conclusion in part if conclusion in favourable or student in would)
    progress(len(found), len(found))


def _photo_rules(programme: Programme) -> list[int]:
    return [number for number, rule in enumerate(programme.rules) if rule.rule.startswith(_PHOTO)]


def _would(run: Run, students: list[int], photo: list[int], favourable: frozenset[int]) -> list[int]:
    """Conclude once more with the photo's rules met."""
    loaded = read_rules(run.rules)
    programme = loaded.programme
    rows = stored_outcomes(run, students, len(programme.rules), len(programme.books))
    judged = judged_of(programme, rows)
    asked = judged.verdict[photo]
    judged.verdict[photo] = np.where(asked == Verdict.NOT_REQUIRED, asked, Verdict.MET)
    tables = load_tables(here(), explained_by(programme), Who(among=tuple(rows.student_id.tolist())))
    population = gather(programme, loaded.frame(run.at), tables)
    conclude(programme, population.batch(0, len(population)), judged)
    first = judged.conclusions[next(iter(programme.books))]
    return [int(rows.student_id[row]) for row in np.flatnonzero(np.isin(first, list(favourable)))]

"""编造的成绩: first everybody passes what the plan asks; what is to go wrong is changed afterwards, cell by cell.

A cell is one slot of one student's plan, as in the audit's own grade grid; `result` turns cells into rows again.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from biye.audit.core.plans import PlanGrid
from biye.foundation.codes import Assessment, Kind, Mark, Obtained
from biye.records.core.tables import NO_SCORE, Bools, Results

Row = tuple[int, int, int, Mark, Obtained, int]  # student, course, score, mark, obtained, term
_WORDS = np.array([Mark.EXCELLENT, Mark.GOOD, Mark.MEDIUM, Mark.PASS, Mark.QUALIFIED], np.int8)


@dataclass(slots=True)
class Attempts:
    """成绩 of n students in S slots, and rows beside them (earlier attempts, courses outside the plan)."""

    grid: PlanGrid
    plan: npt.NDArray[np.int32]
    has: Bools
    score: npt.NDArray[np.int32]
    mark: npt.NDArray[np.int8]
    obtained: npt.NDArray[np.int8]
    term: npt.NDArray[np.int16]
    course: npt.NDArray[np.int32]
    beside: list[Row] = field(default_factory=list)
    silent: set[int] = field(default_factory=set)  # students of whom no result has come in at all

    def slots(self, row: int) -> npt.NDArray[np.intp]:
        """The slots of one student's plan."""
        return np.flatnonzero(self.grid.valid[self.plan[row]])

    def credits(self, row: int) -> npt.NDArray[np.int32]:
        """Credits of every slot of one student's plan (S,)."""
        credits: npt.NDArray[np.int32] = self.grid.credits[self.plan[row]]
        return credits

    def give(self, row: int, slot: int, score: int, obtained: Obtained = Obtained.FIRST) -> None:
        """Set one result to a number, in hundredths."""
        self.has[row, slot] = True
        self.score[row, slot], self.mark[row, slot] = score, Mark.NUMBER
        self.obtained[row, slot] = obtained
        self.course[row, slot] = self.grid.course[self.plan[row], slot]

    def say(self, row: int, slot: int, mark: Mark, obtained: Obtained = Obtained.FIRST) -> None:
        """Set one result to a word."""
        self.give(row, slot, NO_SCORE, obtained)
        self.mark[row, slot] = mark

    def rows(self) -> Results:
        """Everything as rows, by student, term and course."""
        self.has[list(self.silent)] = False
        student, slot = np.nonzero(self.has)
        beside = np.array([row for row in self.beside if row[0] not in self.silent], np.int64).reshape(-1, 6)
        columns = {
            "student": np.concatenate([student, beside[:, 0]]),
            "course": np.concatenate([self.course[student, slot], beside[:, 1]]),
            "score": np.concatenate([self.score[student, slot], beside[:, 2]]),
            "mark": np.concatenate([self.mark[student, slot], beside[:, 3]]),
            "obtained": np.concatenate([self.obtained[student, slot], beside[:, 4]]),
            "term": np.concatenate([self.term[student, slot], beside[:, 5]]),
        }
        order = np.lexsort((columns["obtained"], columns["course"], columns["term"], columns["student"]))
        kinds = {"student": np.int32, "course": np.int32, "score": np.int32, "term": np.int16}
        return Results(**{name: value[order].astype(kinds.get(name, np.int8)) for name, value in columns.items()})


def passed(
    rng: np.random.Generator,
    grid: PlanGrid,
    plan: npt.NDArray[np.int32],
    entry: npt.NDArray[np.int16],
    compulsory: Bools,
) -> Attempts:
    """Everybody passes all required courses and electives enough; some by re-sit, retake, exemption or recognition.

    `compulsory` (P+1, S): further slots that everybody takes.
    """
    n, slots = len(plan), grid.slots
    taken = grid.valid[plan] & (_chosen(rng, grid, plan) | compulsory[plan])
    ability = rng.normal(80.0, 5.0, (n, 1))
    score = np.clip(np.rint(ability + rng.normal(0.0, 6.0, (n, slots))), 60, 98).astype(np.int32) * 100
    thesis = (grid.kind == Kind.THESIS)[plan]
    score = np.where(thesis, np.clip(score + 300, 6000, 9500), score)
    mark = np.zeros((n, slots), np.int8)
    worded = (grid.kind == Kind.PRACTICE)[plan] & (rng.random((n, slots)) < 0.7)
    mark[worded] = _WORDS[rng.choice(5, int(worded.sum()), p=(0.25, 0.4, 0.15, 0.1, 0.1))]
    obtained = np.zeros((n, slots), np.int8)
    term = np.minimum(entry[:, None] + np.arange(slots)[None, :] // max(1, slots // 5 + 1), 32_000).astype(np.int16)
    attempts = Attempts(grid, plan, taken, score, mark, obtained, term, grid.course[plan])
    _other_ways(rng, attempts)
    score[mark != Mark.NUMBER] = NO_SCORE
    return attempts


def _chosen(rng: np.random.Generator, grid: PlanGrid, plan: npt.NDArray[np.int32]) -> Bools:
    """Which slots are taken: in each module electives in a random order until it has what it asks."""
    n, slots = len(plan), grid.slots
    module = grid.module[plan]
    credits = grid.credits[plan]
    elective = grid.kind[plan] == Kind.ELECTIVE
    order = np.argsort(rng.random((n, slots)) + ~elective * -1.0, axis=1)  # required courses first
    chosen = np.ones((n, slots), bool)
    asked = np.concatenate([grid.module_credits, np.zeros((len(grid.module_credits), 1), np.int32)], axis=1)[plan]
    ranked_module = np.take_along_axis(module, order, axis=1)
    ranked_credits = np.take_along_axis(credits, order, axis=1)
    for number in range(grid.module_credits.shape[1]):
        mine = ranked_module == number
        before = np.cumsum(np.where(mine, ranked_credits, 0), axis=1) - ranked_credits
        rows, places = np.nonzero(mine & (before >= asked[:, number : number + 1]))
        chosen[rows, order[rows, places]] = False
    chosen |= ~elective
    return chosen


def _other_ways(rng: np.random.Generator, attempts: Attempts) -> None:
    """Some cells were passed at the second try, some were exempted, recognised or taken as an older course."""
    grid, plan = attempts.grid, attempts.plan
    chance = rng.random(attempts.has.shape)
    examined = (grid.kind != Kind.THESIS)[plan] & (grid.kind != Kind.PRACTICE)[plan] & attempts.has
    again = examined & (chance < 0.03)
    for row, slot in np.argwhere(again).tolist():
        how = Obtained.RETAKE if chance[row, slot] < 0.006 else Obtained.RESIT
        failed = 3500 + int(chance[row, slot] * 100_000) % 24 * 100
        when = int(attempts.term[row, slot])
        course = int(attempts.course[row, slot])
        attempts.beside.append((row, course, failed, Mark.NUMBER, Obtained.FIRST, when))
        attempts.score[row, slot] = 6000 + failed % 1300
        attempts.obtained[row, slot] = how
        attempts.term[row, slot] = when + 1
    general = (grid.module == 0)[plan] & examined & (grid.assessment == Assessment.EXAMINED)[plan]
    exempt = general & (chance > 0.99)
    attempts.mark[exempt], attempts.obtained[exempt] = Mark.EXEMPT, Obtained.EXEMPTION
    recognised = general & (chance > 0.98) & ~exempt
    attempts.obtained[recognised] = Obtained.RECOGNITION
    source = grid.source
    for taken, target in dict(
        zip(source.substitution_taken.tolist(), source.substitution_counts_as.tolist(), strict=True)
    ).items():
        older = (attempts.course == target) & (chance > 0.9) & (chance < 0.98) & attempts.has
        attempts.course[older] = taken
        attempts.obtained[older] = Obtained.SUBSTITUTE

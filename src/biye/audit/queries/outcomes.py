"""存放的审查结果: outcomes of a few students as columns again, and who changed since a run."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Model

from biye.audit.core.storing import FIGURE, Stored
from biye.audit.models.override import Override
from biye.audit.models.run import Outcome, Run
from biye.records.models.facts import FactChange

_NUMBERS = ("candidate", "inside", "conclusion", "not_met", "unknown", "not_required", "overridden", "routes")
_KINDS = {"candidate": np.uint8, "inside": np.uint8, "conclusion": np.int16}


def columns_of(table: type[Model]) -> list[str]:
    """Names of a table's columns."""
    return [field.column for field in table._meta.local_concrete_fields if field.column]


def stored_outcomes(run: Run, student_ids: Sequence[int], rules: int, books: int) -> Stored:
    """Outcomes of these students in ascending id; whoever has none is left out."""
    found = Outcome.objects.filter(run_id=run.pk, student_id__in=student_ids).order_by("student_id")
    rows = list(found.values_list("student_id", *_NUMBERS, "others", "figures"))
    by_column = list(zip(*rows, strict=True)) or [()] * (len(_NUMBERS) + 3)
    numbers = {name: np.array(by_column[at], _KINDS.get(name, np.int64)) for at, name in enumerate(_NUMBERS, 1)}
    return Stored(
        student_id=np.array(by_column[0], np.int32),
        others=_unpacked(by_column[-2], np.dtype("<i2"), books - 1),
        figures=_unpacked(by_column[-1], FIGURE, rules),
        **numbers,
    )


def changed_since(base: Run, since: datetime, until: datetime) -> list[int]:
    """Students whose facts changed since then, and those whose override expired between the run's moment and `until`."""
    changed = set(FactChange.objects.filter(at__gte=since).values_list("student_id", flat=True).distinct())
    expired = Override.objects.filter(season_id=base.season_id, withdrawn_at__isnull=True)
    changed.update(expired.filter(expires_at__gt=base.at, expires_at__lte=until).values_list("student_id", flat=True))
    return sorted(changed)


def _unpacked(parts: Sequence[bytes], kind: "np.dtype[Any]", width: int) -> "np.typing.NDArray[Any]":
    return np.frombuffer(b"".join(map(bytes, parts)), kind).reshape(len(parts), width)

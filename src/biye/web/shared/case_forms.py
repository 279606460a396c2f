"""筛选办理事项: what a queue of cases can be narrowed by."""

from typing import Any

from django import forms

from biye.accounts.core.asker import Asker
from biye.casework.core.desk import OWN_PAGES, WAITING
from biye.casework.core.words import Kind, State, Who
from biye.casework.queries.cases import QueueFilter
from biye.web.shared.forms import PageForm

ALL = "all"
QUESTIONS = ("kind", "state", "office", "centre", "text")
"""What of an address says which queue somebody works through."""


class QueueForm(PageForm):
    """筛选办理事项. Without a state: what waits on the asker's desk."""

    kind = forms.TypedChoiceField(label="事项", required=False, coerce=Kind, empty_value=None)
    state = forms.ChoiceField(label="状态", required=False)
    office = forms.ChoiceField(label="负责科室", required=False)
    centre = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    text = forms.CharField(label="学号或姓名", required=False, max_length=80)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        asker: Asker,
        offices: dict[str, str],
        centres: list[tuple[int, str]],
        centre_label: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = WAITING[Who(asker.role.value)]
        choices: dict[str, list[tuple[Any, str]]] = {
            "kind": [("", "全部"), *((kind.value, kind.chinese) for kind in Kind if kind not in OWN_PAGES)],
            "state": [("", "待我处理"), (ALL, "全部"), *((state.value, state.chinese) for state in State)],
            "office": [("", "全部"), *offices.items()],
            "centre": [("", "全部"), *centres],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        self.fields["centre"].label = centre_label

    def filter(self) -> QueueFilter:
        """What the queries are asked; what is asked wrongly asks for nothing."""
        self.is_valid()
        said = self.cleaned_data
        kind, state = said.get("kind"), said.get("state", "")
        return QueueFilter(
            kinds=(kind,) if kind else tuple(one for one in Kind if one not in OWN_PAGES),
            states=() if state == ALL else (State(state),) if state else self.waiting,
            office=said.get("office", ""),
            centre_id=said.get("centre"),
            text=said.get("text", "").strip(),
        )

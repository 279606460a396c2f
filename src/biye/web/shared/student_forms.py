"""筛选学生: what a list of students can be narrowed by."""

from typing import Any

from django import forms

from biye.audit.queries.results import Filter
from biye.foundation.verdicts import Truth, Verdict
from biye.web.shared.forms import PageForm

VERDICTS = (
    (Verdict.NOT_MET, "不符合"),
    (Verdict.UNKNOWN, "待核实"),
    (Verdict.MET, "符合"),
    (Verdict.NOT_REQUIRED, "不适用"),
)
SCOPES = (("season", "预毕业学生"), ("outside", "非预毕业学生"), ("", "全部学生"))


class StudentFilterForm(PageForm):
    """筛选学生. What it is given says which choices there are; what is asked wrongly asks for nothing."""

    words = forms.CharField(label="学号或姓名", required=False, max_length=80)
    scope = forms.ChoiceField(label="范围", required=False, choices=SCOPES)
    conclusion = forms.TypedChoiceField(label="审查结论", required=False, coerce=int, empty_value=None)
    rule = forms.TypedChoiceField(label="审查项目", required=False, coerce=int, empty_value=None)
    verdict = forms.TypedChoiceField(
        label="判定", required=False, coerce=int, empty_value=None, choices=[("", "全部"), *VERDICTS]
    )
    centre = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    level = forms.ChoiceField(label="层次", required=False)
    status = forms.CharField(required=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        conclusions: dict[int, str],
        rules: list[str],
        centres: list[tuple[int, str]],
        centre_label: str,
        levels: list[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[Any, str]]] = {
            "conclusion": list(conclusions.items()),
            "rule": list(enumerate(rules)),
            "centre": list(centres),
            "level": [(level, level) for level in levels],
        }
        for name, found in choices.items():
            self.fields[name].choices = [("", "全部"), *found]  # type: ignore[attr-defined]
        self.fields["centre"].label = centre_label

    def filter(self) -> Filter:
        """What the queries are asked."""
        self.is_valid()
        said = self.cleaned_data
        scope = said.get("scope", "")
        verdict = said.get("verdict")
        return Filter(
            in_season=scope == "season",
            candidate=Truth.FALSE if scope == "outside" else None,
            conclusion=said.get("conclusion"),
            rule=said.get("rule"),
            verdict=Verdict(verdict) if verdict is not None else None,
            centre_id=said.get("centre"),
            level=said.get("level", ""),
            status=said.get("status", ""),
            words=said.get("words", ""),
        )

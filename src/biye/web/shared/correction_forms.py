"""关键字段修改与异议的表单."""

from typing import Any

from django import forms

from biye.casework.core.evidence import Cause
from biye.casework.core.fields import BIRTH, ETHNICITY, NUMBER, PHOTO, SEX, SEXES
from biye.foundation.ethnicities import ETHNICITIES
from biye.web.shared.forms import PageForm

_HINTS = {
    NUMBER: "按新的证件逐位填写；末位是 X 的写大写 X。",
    ETHNICITY: "按户口簿填写。",
    BIRTH: "按证件填写。",
}


class CorrectionForm(PageForm):
    """修改申请: what one key field should say, why, and since when. What is incomplete is kept, too."""

    new = forms.CharField(label="改为", required=False, max_length=120)
    cause = forms.ChoiceField(
        label="修改的原因",
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        choices=[(one.value, one.chinese) for one in Cause],
    )
    changed_on = forms.DateField(
        label="公安机关办理变更的日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    explanation = forms.CharField(
        label="说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = _HINTS.get(field, "")
        self.fields["changed_on"].help_text = "依法变更的必填；登记错误的不填。"
        self.fields["explanation"].help_text = "登记错误的，请写明错在何处、应以什么为准。"
        if field == SEX:
            self.fields["new"] = forms.ChoiceField(label="改为", required=False, choices=_words(SEXES.values()))
        elif field == ETHNICITY:
            self.fields["new"] = forms.ChoiceField(label="改为", required=False, choices=_words(ETHNICITIES.values()))
        elif field == BIRTH:
            self.fields["new"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        elif field == PHOTO:
            del self.fields["new"]

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes."""
        found = self.cleaned_data
        return {
            "new": str(found.get("new", "")),
            "cause": Cause(found["cause"]) if found.get("cause") else None,
            "changed_on": found.get("changed_on"),
            "explanation": found.get("explanation", ""),
        }


def correction_initial(form: dict[str, Any]) -> dict[str, Any]:
    """What a case keeps, as the form shows it."""
    return {name: form.get(name, "") for name in ("new", "cause", "changed_on", "explanation")}


class ObjectionForm(PageForm):
    """异议."""

    wanted = forms.CharField(label="您认为应当是", required=False, max_length=400)
    text = forms.CharField(label="有误的地方和理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].help_text = "例如：85 分；合格；不清楚的可以不填。"
        self.fields["text"].help_text = "例如：何时、何地考的，成绩单上是多少。凭证可以在提交之后拍照补上。"


def _words(words: Any) -> list[tuple[str, str]]:
    return [("", "请选择"), *((word, word) for word in words)]

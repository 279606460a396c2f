"""人工认定表单."""

from typing import Any

from django import forms

from biye.foundation.verdicts import Verdict
from biye.web.shared.forms import PageForm

GIVEN = (Verdict.MET, Verdict.NOT_MET, Verdict.NOT_REQUIRED)


class OverrideForm(PageForm):
    """人工认定: one verdict, with reason, evidence and until when it holds."""

    rule = forms.ChoiceField(label="审查项目")
    verdict = forms.TypedChoiceField(label="认定为", coerce=int, choices=[(int(one), one.chinese) for one in GIVEN])
    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    evidence = forms.CharField(label="依据材料", max_length=400, help_text="材料名称、文号或存放处")
    expires_at = forms.DateTimeField(
        label="有效期至（可不填）", required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args: Any, rules: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = rules  # type: ignore[attr-defined]

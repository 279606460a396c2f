"""表单: the base of every form; what goes on screen is Chinese, blanks around an entry are nobody's intention."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

REQUIRED = "请填写此项。"


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None where it is only to be shown."""
    return request.POST if request.method == "POST" else None


class PageForm(forms.Form):
    """A form whose missing entries say what to do."""

    use_required_attribute = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = REQUIRED

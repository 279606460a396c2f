"""账户表单."""

from typing import Any

from django import forms

from biye.accounts.core.roles import Role
from biye.accounts.queries.centres import CentreRow
from biye.web.shared.forms import PageForm


class AccountFilterForm(PageForm):
    """筛选账户."""

    search = forms.CharField(label="用户名或姓名", required=False, max_length=80)
    role = forms.ChoiceField(
        label="身份", required=False, choices=[("", "全部"), *((role.value, role.chinese) for role in Role)]
    )
    after = forms.CharField(required=False, widget=forms.HiddenInput)


class TeacherForm(PageForm):
    """新建老师账户: of the college, or of one centre."""

    username = forms.RegexField(
        r"^[\w.@+-]{3,40}$",
        label="用户名",
        help_text="3–40 个字母、数字或 . @ + - _",
        error_messages={"invalid": "请用 3–40 个字母、数字或 . @ + - _。"},
    )
    name = forms.CharField(label="姓名", max_length=80)
    telephone = forms.CharField(label="联系电话", max_length=40, required=False)
    place = forms.ChoiceField(label="所在")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class SeatForm(PageForm):
    """增加身份: a place of work, or a status record by its number."""

    place = forms.ChoiceField(label="老师身份", required=False)
    student_no = forms.CharField(label="或学生身份，学号", required=False, max_length=40)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "—"), *places]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("place")) == bool(said.get("student_no")):
            raise forms.ValidationError("请选择一个老师身份，或填写一个学号。")
        return said


class LoginsForm(PageForm):
    """批量新建学生账户: for everybody, or for one centre."""

    centre_code = forms.ChoiceField(label="范围", required=False)

    def __init__(self, *args: Any, centres: list[CentreRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "全部学生"), *((one.code, one.name) for one in centres)]
        self.fields["centre_code"].choices = choices  # type: ignore[attr-defined]

"""照片表单: many files or a folder at once, one file for one student, and what lists are narrowed by."""

from typing import Any

from django import forms

from biye.photos.core.answers import Answer
from biye.photos.core.states import State
from biye.photos.queries.desk import Queue
from biye.photos.queries.students import Chosen
from biye.web.shared.forms import PageForm

PURPOSES = (("graduation", "毕业照片"), ("enrolment", "录取照片"))
PHOTOS = (
    ("", "不限"),
    ("none", "没有照片"),
    ("waiting", "待审看"),
    ("accepted", "审看合格"),
    ("refused", "不合格"),
)
PAPER = (("", "不限"), ("missing", "未收"), ("received", "已收，未确认"), ("confirmed", "已确认"))
ANSWERS = (("", "全部"), *((answer.value, answer.chinese) for answer in (Answer.FAIL, Answer.REVIEW, Answer.PASS)))
PICTURES = "image/jpeg,image/png,image/webp"


class ManyFiles(forms.FileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """几个文件. Empty files are refused by whoever opens them, in the words of photos."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, required=False, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file by itself."""
        return [super(ManyFilesField, self).clean(file, initial) for file in data or ()]


class PhotoUploadForm(PageForm):
    """成批上传."""

    photos = ManyFilesField(
        label="选照片（可多选），或一个 ZIP 压缩包", widget=ManyFiles(attrs={"accept": f"{PICTURES},.zip"})
    )
    folder = ManyFilesField(label="或选一个文件夹", widget=ManyFiles(attrs={"webkitdirectory": True}))
    purpose = forms.ChoiceField(label="这些是", choices=PURPOSES)
    stem = forms.ChoiceField(label="按哪种规格检查")

    def __init__(self, *args: Any, specifications: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stem"].choices = specifications  # type: ignore[attr-defined]

    def chosen(self) -> list[Any]:
        """Every file that was handed in, whichever way."""
        return [*self.cleaned_data["photos"], *self.cleaned_data["folder"]]


class OnePhotoForm(PageForm):
    """上传一张."""

    photo = forms.FileField(label="照片文件", allow_empty_file=True, widget=forms.FileInput(attrs={"accept": PICTURES}))
    purpose = forms.ChoiceField(label="这张是", choices=PURPOSES)
    stem = forms.ChoiceField(label="按哪种规格检查")

    def __init__(self, *args: Any, specifications: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stem"].choices = specifications  # type: ignore[attr-defined]


class PhotoFilterForm(PageForm):
    """筛选照片学生."""

    words = forms.CharField(label="学号或姓名", required=False)
    state = forms.ChoiceField(label="照片状态", required=False)
    photo = forms.ChoiceField(label="本校收到的照片", required=False, choices=PHOTOS)
    paper = forms.ChoiceField(label="纸质照片", required=False, choices=PAPER)
    centre = forms.TypedChoiceField(label="站点", required=False, coerce=int, empty_value=None)
    after = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, centres: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(state.value, state.chinese) for state in State]
        self.fields["state"].choices = [("", "不限"), *states]  # type: ignore[attr-defined]
        self.fields["centre"].choices = [("", "全部"), *centres]  # type: ignore[attr-defined]

    def filter(self) -> Chosen:
        """What was asked for; what is not one of the choices is not asked for."""
        self.is_valid()
        said = self.cleaned_data
        return Chosen(
            words=said.get("words", ""),
            state=State(said["state"]) if said.get("state") else None,
            centre_id=said.get("centre"),
            photo=said.get("photo", ""),
            paper=said.get("paper", ""),
        )


class QueueForm(PageForm):
    """待审看的筛选."""

    answer = forms.ChoiceField(label="机器意见", required=False, choices=ANSWERS)
    centre = forms.TypedChoiceField(label="站点", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, centres: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].choices = [("", "全部"), *centres]  # type: ignore[attr-defined]

    def queue(self) -> Queue:
        """What was asked for."""
        self.is_valid()
        return Queue(answer=self.cleaned_data.get("answer", ""), centre_id=self.cleaned_data.get("centre"))


class DecisionForm(PageForm):
    """审看. `problem`: the questions to which the answer is no."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    problem = forms.MultipleChoiceField(required=False)
    verdict = forms.ChoiceField(choices=(("accept", "合格"), ("refuse", "不合格")))
    reason = forms.CharField(label="说明", required=False, max_length=400)

    def __init__(self, *args: Any, questions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["problem"].choices = [(name, name) for name in questions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was ticked and which button was pressed must say the same."""
        said = super().clean() or {}
        if self.errors:
            return said
        if said.get("verdict") == "accept" and said.get("problem"):
            raise forms.ValidationError("勾选了有问题的项，又按了“合格”。没有记录，请再看一遍。")
        if said.get("verdict") == "refuse" and not said.get("problem"):
            raise forms.ValidationError("判不合格，请勾选哪一项有问题。")
        return said

"""导入表单."""

from typing import Any

from django import forms

from biye.foundation.codes import Part
from biye.records.core.sheets.choices import SKIP
from biye.records.core.sheets.settings import Choice
from biye.seasons.queries.imports import KIND_LABELS, ImportView
from biye.web.shared.forms import PageForm

COVERAGES = (("", "按学校约定"), ("listed", "只说明表中列出的学生"), ("complete", "说明全部学生，未列出的就是没有"))
PARTS = {
    "": "按文件名判断",
    "examined": "考试课",
    "assessed": "考查课",
    "practice": "实践环节",
    "thesis": "毕业论文",
}


class ManyFiles(forms.FileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """上传的表格."""

    widget = ManyFiles(attrs={"accept": ".xlsx,.xls,.csv,.dbf,.html,.htm"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file by itself."""
        one = super().clean
        return [one(file, initial) for file in data] if data else [one(None, initial)]


class UploadForm(PageForm):
    """上传."""

    files = FilesField(label="选择表格文件（可多选）")  # type: ignore[assignment]  # the form's own name for what came in


class ReadingForm(PageForm):
    """改读法: of one sheet, or of a whole file."""

    place = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="表的种类", required=False, choices=[("", "按表头判断"), *KIND_LABELS.items(), (SKIP, "不读这张表")]
    )
    coverage = forms.ChoiceField(label="范围", required=False, choices=COVERAGES)
    part = forms.ChoiceField(label="成绩属于", required=False, choices=PARTS.items())


class AcceptForm(PageForm):
    """接受导入."""

    include_asked = forms.BooleanField(label="“请确认”的行也一并导入（我已核对）", required=False)


class UndoForm(PageForm):
    """撤销导入."""

    reason = forms.CharField(label="撤销的理由", max_length=400)


def reading_forms(batch: ImportView) -> list[tuple[str, str, ReadingForm]]:
    """One form a sheet that was understood, and one a file that was not; place, what it was taken for, and the form."""
    taken = {sheet.place: sheet.label for sheet in batch.sheets}
    understood = {place.partition("/")[0] for place in taken}
    places = taken | {name: "没有读懂，或选择了不读" for name in batch.files if name not in understood}
    return [(place, label, ReadingForm(initial=_said(batch, place))) for place, label in places.items()]


def chosen(batch: ImportView, said: dict[str, str]) -> dict[str, Choice]:
    """All choices of the batch, with this one in its place."""
    choices = {place: _choice(one) for place, one in batch.choices.items()}
    part = (Part[said["part"].upper()],) if said["part"] else None
    choices[said["place"]] = Choice(said["kind"] or None, said["coverage"] or None, part)  # type: ignore[arg-type]
    return choices


def _said(batch: ImportView, place: str) -> dict[str, str]:
    one = batch.choices.get(place, {})
    parts = one.get("parts") or []
    return {
        "place": place,
        "kind": one.get("kind") or "",
        "coverage": one.get("coverage") or "",
        "part": Part(parts[0]).name.lower() if len(parts) == 1 else "",
    }


def _choice(one: dict[str, Any]) -> Choice:
    parts = tuple(map(Part, one["parts"])) if one.get("parts") is not None else None
    return Choice(one.get("kind"), one.get("coverage"), parts)

"""试检表单: a picture from the telephone's camera or from its files, and by which specification."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from biye.photos.core.sentences import refusal
from biye.photos.queries.trying import too_large
from biye.web.shared.forms import PageForm

CHECK, MAKE = "check", "make"
NOTHING = "请先选择或拍一张照片。"
BOTH = "两处都选了照片，请只留一张。"


class PictureField(forms.FileField):
    """照片. An empty file is refused by whoever opens it, in the words of photos."""

    def __init__(self, accept: str, capture: str = "", **kwargs: Any) -> None:
        attributes = {"accept": accept} | ({"capture": capture} if capture else {})
        super().__init__(required=False, allow_empty_file=True, widget=forms.FileInput(attrs=attributes), **kwargs)


class PhotoTryForm(PageForm):
    """试检."""

    # Named one by one, so that telephones hand over a JPEG instead of their own format.
    chosen = PictureField("image/jpeg,image/png,image/webp", label="选一张照片")
    taken = PictureField("image/*", "user", label="现在拍一张")
    stem = forms.ChoiceField(label="照片用途")
    act = forms.ChoiceField(required=False, choices=[(CHECK, CHECK), (MAKE, MAKE)])

    def __init__(self, *args: Any, specifications: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stem"].choices = specifications  # type: ignore[attr-defined]
        if len(specifications) == 1:
            self.fields["stem"].widget = forms.HiddenInput()
            self.fields["stem"].initial = specifications[0][0]

    def clean(self) -> dict[str, Any]:
        """Exactly one picture, and one that is not too large to be read at all."""
        said = super().clean() or {}
        files: list[UploadedFile] = [said[name] for name in ("chosen", "taken") if said.get(name) is not None]
        if len(files) != 1:
            raise forms.ValidationError(BOTH if files else NOTHING)
        reason = too_large(files[0].size or 0)
        if reason is not None:
            raise forms.ValidationError(refusal(reason))
        return said | {"picture": files[0], "act": said.get("act") or CHECK}

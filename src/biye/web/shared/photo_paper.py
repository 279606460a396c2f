"""收纸质照片: numbers read in by a scanner or typed, one a line."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.photos.actions.paper import receive_paper_photos
from biye.web.shared.forms import PageForm
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, page

_SHOWN = 20


class PaperForm(PageForm):
    """学号, one a line."""

    numbers = forms.CharField(label="学号（每行一个，可用扫描枪逐个读入）", widget=forms.Textarea, max_length=40_000)


@page(Permission.HANDLE_PHOTOS, "GET", "POST")
def receive(request: PageRequest, stem: str) -> HttpResponse:
    """收纸质照片."""
    season = in_season(request, stem)
    form = PaperForm(*((request.POST,) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        taken = receive_paper_photos(form.cleaned_data["numbers"].split(), by=request.asker, at=request.at)
        if taken.received:
            messages.success(request, f"已登记收到 {len(taken.received)} 名学生的纸质照片。")
        if taken.already:
            messages.warning(request, f"早已登记过，没有改动：{_named(taken.already)}。")
        if taken.nobody:
            messages.error(request, f"没有这些学号，或不在您的查看范围内：{_named(taken.nobody)}。请核对后重新输入。")
        return redirect("photo_paper", stem)
    return show(request, "photos/paper.html", "photos", {"form": form}, season=season)


def _named(numbers: tuple[str, ...]) -> str:
    more = f" 等 {len(numbers)} 个" if len(numbers) > _SHOWN else ""
    return "、".join(numbers[:_SHOWN]) + more

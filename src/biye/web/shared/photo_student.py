"""一名学生的照片: both photos, what was found and decided, what CHSI says, and everything that can be done about them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.photos.actions import handling
from biye.photos.actions.restoring import restore_photo
from biye.photos.actions.uploading import standardise_photo, upload_photo
from biye.photos.queries.desk import decisions_on
from biye.photos.queries.history import photos_before
from biye.photos.queries.specifications import specification_of
from biye.photos.queries.student_photos import StudentPhotos, photos_of
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.photo_forms import OnePhotoForm
from biye.web.shared.photo_uploads import choices_of
from biye.web.shared.student import card_of

# What the page's buttons are called → what is done, and what is said afterwards.
ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "capture": (handling.start_capture, "已登记：图像采集中。"),
    "paper": (handling.receive_paper_photo, "已登记：收到纸质照片。"),
    "paper_confirmed": (handling.confirm_paper_photo, "已登记：学生已确认纸质照片为本人。"),
}


@page(Permission.SEE_STUDENTS)
def one(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """一名学生的照片."""
    season, card = in_season(request, stem), card_of(request, student_no)
    photos = existing(photos_of(request.asker, student_no))
    context = {
        "card": card,
        "photos": photos,
        "earlier": photos_before(request.asker, student_no),
        "decisions": decisions_on(request.asker, student_no),
        "form": OnePhotoForm(specifications=choices_of(stem)),
        "may_make": _may_make(photos),
    }
    return show(request, "photos/student.html", "photos", context, season=season)


@page(Permission.UPLOAD_PHOTOS, "POST")
def upload(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """上传一张. The file is taken as this student's, whatever it is called."""
    season, card = in_season(request, stem), card_of(request, student_no)
    form = OnePhotoForm(request.POST, request.FILES, specifications=choices_of(season.stem))
    if not form.is_valid():
        messages.error(request, "请选择一张照片。")
        return redirect("photo_student", stem, student_no)
    said = form.cleaned_data
    upload_photo(
        card.student_no,
        purpose=said["purpose"],
        name=said["photo"].name,
        data=said["photo"].read(),
        stem=said["stem"],
        by=request.asker,
        at=request.at,
    )
    messages.success(request, "已收下。")
    return redirect("photo_student", stem, student_no)


@page(Permission.UPLOAD_PHOTOS, "POST")
def standardise(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """制作标准照 from the current photo."""
    season, card = in_season(request, stem), card_of(request, student_no)
    photos = existing(photos_of(request.asker, card.student_no))
    current = existing(photos.graduation)
    standardise_photo(current.id, by=request.asker, at=request.at)
    messages.success(request, "已制作标准照，做了哪些处理列在下面；原照片保留着。")
    return redirect("photo_student", season.stem, student_no)


@page(Permission.UPLOAD_PHOTOS, "POST")
def restore(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """恢复 an earlier photo."""
    card = card_of(request, student_no)
    asked = request.POST.get("photo", "")
    mine = {one.id for one in photos_before(request.asker, card.student_no)}
    photo_id = existing(int(asked) if asked.isdecimal() and int(asked) in mine else None)
    restore_photo(photo_id, reason=request.POST.get("reason", ""), by=request.asker, at=request.at)
    messages.success(request, "已恢复为现用照片。")
    return redirect("photo_student", stem, student_no)


@page(Permission.HANDLE_PHOTOS, "POST")
def handle(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """登记 one step of the photo's way."""
    card = card_of(request, student_no)
    act, said = existing(ACTS.get(request.POST.get("act", "")))
    act(card.student_no, by=request.asker, at=request.at)
    messages.success(request, said)
    return redirect("photo_student", stem, student_no)


@page(Permission.HANDLE_PHOTOS, "POST")
def review(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """人工复核: begun with the evidence named, ended with its result."""
    card, reason = card_of(request, student_no), request.POST.get("reason", "")
    act = existing({"open": "open", "passed": "passed", "refused": "refused"}.get(request.POST.get("act", "")))
    if act == "open":
        handling.open_review(card.student_no, reason=reason, by=request.asker, at=request.at)
    else:
        is_passed = act == "passed"
        handling.close_review(card.student_no, is_passed=is_passed, reason=reason, by=request.asker, at=request.at)
    messages.success(request, "已登记。")
    return redirect("photo_student", stem, student_no)


def _may_make(photos: StudentPhotos) -> bool:
    """Does the school allow it, and is there anything to make it from?"""
    if photos.graduation is None or photos.graduation.made_from is not None:
        return False
    return specification_of(photos.graduation.specification).standardise

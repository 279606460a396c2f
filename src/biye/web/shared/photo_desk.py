"""照片审看: one photo after the other, large, with lines and strips and the fixed questions; by mouse or by keys."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.centres import centres
from biye.photos.actions.deciding import decide_photo, withdraw_decision
from biye.photos.queries.desk import DeskPhoto, decided, desk_photo, how_many_wait, next_waiting, previous_waiting
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.photo_forms import DecisionForm, QueueForm

# In the order of the keyboard; the other letters do something else on this page.
KEYS = "1234567890qwertyiopasdfghzxcvbnm"


@page(Permission.DECIDE_PHOTOS)
def begin(request: PageRequest, stem: str) -> HttpResponse:
    """审看: the first photo that waits, or the page that says there is none."""
    season, form = in_season(request, stem), _queue(request)
    first = next_waiting(request.asker, form.queue())
    if first is not None:
        return redirect(_address(request, stem, first))
    context = {"form": form, "done": _done(request)}
    return show(request, "photos/desk_empty.html", "photos", context, season=season)


@page(Permission.DECIDE_PHOTOS)
def one(request: PageRequest, stem: str, photo_id: int) -> HttpResponse:
    """一张照片."""
    season, form = in_season(request, stem), _queue(request)
    found, queue = existing(desk_photo(request.asker, photo_id)), form.queue()
    context = {
        "photo": found,
        "form": form,
        "keyed": _keyed(found),
        "waiting": how_many_wait(request.asker, queue),
        "next": _behind(request, stem, photo_id),
        "previous": _maybe(request, stem, previous_waiting(request.asker, queue, photo_id)),
        "done": _done(request),
    }
    return show(request, "photos/desk.html", "photos", context, season=season)


@page(Permission.DECIDE_PHOTOS, "POST")
def decide(request: PageRequest, stem: str, photo_id: int) -> HttpResponse:
    """判定, then the next one."""
    found = existing(desk_photo(request.asker, photo_id))
    names = [asked.name for asked in found.questions]
    form = DecisionForm(request.POST, questions=names)
    if not form.is_valid():
        for error in form.non_field_errors() or ["页面已经过时，请重新看一遍。"]:
            messages.error(request, str(error))
        return redirect(_address(request, stem, photo_id))
    said = form.cleaned_data
    answers = {name: name not in said["problem"] for name in names}
    decide_photo(
        photo_id,
        answers=answers,
        sha256=said["sha256"],
        seen=said["seen"],
        reason=said["reason"],
        by=request.asker,
        at=request.at,
    )
    following = next_waiting(request.asker, _queue(request).queue(), photo_id)
    return redirect(_address(request, stem, following, done=photo_id))


@page(Permission.DECIDE_PHOTOS, "POST")
def undo(request: PageRequest, stem: str, photo_id: int) -> HttpResponse:
    """撤销, and back to the photo."""
    existing(decided(request.asker, photo_id))
    withdraw_decision(photo_id, reason=request.POST.get("reason", ""), by=request.asker, at=request.at)
    messages.success(request, "已撤销，请重新审看。")
    return redirect(_address(request, stem, photo_id))


def _queue(request: PageRequest) -> QueueForm:
    return QueueForm(request.GET, centres=[(row.id, row.name) for row in centres(request.asker)])


def _done(request: PageRequest) -> object:
    """What was decided just now, so that it can be taken back."""
    asked = request.GET.get("done", "")
    return decided(request.asker, int(asked)) if asked.isdecimal() else None


def _keyed(found: DeskPhoto) -> list[tuple[str, object]]:
    """Each question with its key, as far as there are keys."""
    return [(KEYS[place : place + 1], asked) for place, asked in enumerate(found.questions)]


def _behind(request: PageRequest, stem: str, photo_id: int) -> str:
    return _maybe(request, stem, next_waiting(request.asker, _queue(request).queue(), photo_id))


def _maybe(request: PageRequest, stem: str, photo_id: int | None) -> str:
    return "" if photo_id is None else _address(request, stem, photo_id)


def _address(request: PageRequest, stem: str, photo_id: int | None, *, done: int | None = None) -> str:
    """A photo's page, or where there is none the empty desk, under the same filter."""
    asked = {name: request.GET[name] for name in ("answer", "centre") if request.GET.get(name)}
    if done is not None:
        asked["done"] = str(done)
    place = reverse("photo_desk", args=[stem]) if photo_id is None else reverse("photo_desk_one", args=[stem, photo_id])
    return f"{place}?{urlencode(asked)}" if asked else place

"""页面: the one way into a page: signed in, in a seat, with a permission of the table; otherwise the page is not there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.seats import seats_of
from biye.foundation.errors import Refused
from biye.machinery import clock
from biye.web.shared.refusals import sentences

SEAT = "seat"


class PageRequest(HttpRequest):
    """A request whose asker is known; `at` is the moment it arrived, the only clock a page reads."""

    asker: Asker
    seats: tuple[Asker, ...]
    at: datetime


type View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Entrance:
    """入口: what a view asks of whoever comes; the permission test reads it. None: anybody signed in."""

    permission: Permission | None


def page(permission: Permission | None, *methods: str) -> Callable[[View], View]:
    """Let in whose seat has the permission; to everybody else the address does not exist."""
    allowed = methods or ("GET",)

    def wrap(view: View) -> View:
        @wraps(view)
        def entered(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            elsewhere = _take_seat(request)
            if elsewhere is not None:
                return elsewhere
            if permission is not None and not request.asker.may(permission):
                raise Http404
            if request.method not in (*allowed, *(("HEAD",) if "GET" in allowed else ())):
                return HttpResponseNotAllowed(allowed)
            try:
                response = view(request, *args, **kwargs)
            except Refused as refused:
                response = back(request, *sentences(refused))
            # What one person saw must not come back from the cache of a shared computer.
            add_never_cache_headers(response)
            return response

        entered.entrance = Entrance(permission)  # type: ignore[attr-defined]
        return entered

    return wrap


def _take_seat(request: PageRequest) -> HttpResponse | None:
    """The seat chosen in this session, or the only one; otherwise the page where to choose."""
    if request.user.has_initial_password:  # type: ignore[union-attr]  # anonymous visitors were turned away
        return redirect("account_change_password")
    request.seats, request.at = seats_of(request.user.pk or 0), clock.now()
    if not request.seats:
        return redirect("account_inactive")
    chosen = [seat for seat in request.seats if seat.seat_id == request.session.get(SEAT)]
    if not chosen and len(request.seats) > 1:
        return HttpResponseRedirect(f"{reverse('choose_seat')}?{urlencode({'next': request.get_full_path()})}")
    request.asker = (chosen or list(request.seats))[0]
    return None


def back(request: HttpRequest, *refusals: str) -> HttpResponse:
    """Back to the page that was on screen, with what was refused said there."""
    for sentence in refusals:
        messages.error(request, sentence)
    return HttpResponseRedirect(_came_from(request))


def _came_from(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(referer)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return "/"


def existing[T](found: T | None) -> T:
    """The thing that an address names; no such page where there is none, or none for this seat."""
    if found is None:
        raise Http404
    return found


def safe_next(request: HttpRequest, default: str) -> str:
    """The address asked for before the detour, if it is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}) else default

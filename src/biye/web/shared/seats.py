"""身份选择: where a person lands, and in which of several seats."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from biye.accounts.core.roles import Role
from biye.accounts.queries.seats import seats_of
from biye.web.shared.pages import SEAT, PageRequest, page, safe_next

HOME = {Role.STUDENT: "student_home", Role.CENTRE: "centre_home", Role.COLLEGE: "college_home"}


@page(None)
def landing(request: PageRequest) -> HttpResponse:
    """The first page of the portal of one's seat."""
    return redirect(HOME[request.asker.role])


def choose(request: PageRequest) -> HttpResponse:
    """选择身份. Stands outside `page`, which sends here whoever has not chosen yet."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    seats = seats_of(request.user.pk)
    if request.method == "POST":
        wanted = [seat for seat in seats if str(seat.seat_id) == request.POST.get(SEAT)]
        if wanted:
            request.session[SEAT] = wanted[0].seat_id
            return HttpResponseRedirect(safe_next(request, "/"))
    return render(request, "shared/choose_seat.html", {"choices": seats, "next": safe_next(request, "/")})

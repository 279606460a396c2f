"""证件号码: shown in full by a click that leaves its trace."""

from django.http import HttpResponse
from django.shortcuts import render

from biye.accounts.actions.identity import reveal_identity
from biye.accounts.core.permissions import Permission
from biye.accounts.queries.students import student_card
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page


@page(Permission.REVEAL_IDENTITY, "POST")
def reveal(request: PageRequest, student_no: str) -> HttpResponse:
    """显示完整证件号码: in its place for a page that asks, on a page of its own without JavaScript."""
    card = existing(student_card(request.asker, student_no))
    number = reveal_identity(student_no=student_no, by=request.asker, at=request.at)
    context = {"card": card, "identity": number}
    if request.headers.get("HX-Request"):
        return render(request, "shared/identity.html", context)
    return show(request, "shared/identity_page.html", "", context)

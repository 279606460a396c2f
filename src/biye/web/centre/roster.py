"""花名册."""

from django.http import HttpResponse
from django.shortcuts import render

from biye.accounts.core.permissions import Permission
from biye.web.shared.pages import PageRequest, page


@page(Permission.SEE_STUDENTS)
def listed(request: PageRequest) -> HttpResponse:
    """花名册."""
    return render(request, "centre/roster.html", {})

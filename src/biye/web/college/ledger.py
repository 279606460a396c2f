"""操作留痕: who did what, and whether the chain holds."""

from django import forms
from django.http import HttpResponse

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.ledger import PAGE, LedgerFilter, chain_breaks, entries
from biye.web.shared.forms import PageForm
from biye.web.shared.frame import show
from biye.web.shared.ledger_words import ACTIONS
from biye.web.shared.pages import PageRequest, page


class LedgerFilterForm(PageForm):
    """筛选留痕."""

    subject = forms.CharField(label="学号、用户名等", required=False, max_length=80)
    actor = forms.CharField(label="操作人", required=False, max_length=80)
    action = forms.ChoiceField(label="操作", required=False, choices=[("", "全部"), *ACTIONS.items()])
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)


@page(Permission.SEE_LEDGER)
def listed(request: PageRequest) -> HttpResponse:
    """留痕."""
    form = LedgerFilterForm(request.GET)
    wanted = LedgerFilter(**form.cleaned_data) if form.is_valid() else LedgerFilter()
    rows = entries(request.asker, wanted)
    context = {"form": form, "rows": rows[:PAGE], "before": rows[PAGE - 1].id if len(rows) > PAGE else ""}
    return show(request, "college/ledger.html", "ledger", context)


@page(Permission.SEE_LEDGER, "POST")
def verify(request: PageRequest) -> HttpResponse:
    """校验: walk the chain from its first entry to its last."""
    found = chain_breaks(request.asker)
    return show(request, "college/ledger_verified.html", "ledger", {"breaks": found[:200], "count": len(found)})

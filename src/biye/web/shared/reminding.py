"""提醒: remind those chosen of one matter, or all who are due, and look at what was sent and what became of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.casework.actions.reminding import Reminded
from biye.casework.actions.reminding import remind as remind_students
from biye.casework.queries.messages import sent, totals
from biye.machinery.gateway.sending import channels
from biye.machinery.jobs.actions.submit import submit
from biye.web.shared.forms import PageForm
from biye.web.shared.frame import in_season, show
from biye.web.shared.jobs import newest_about
from biye.web.shared.pages import PageRequest, back, page


class SentForm(PageForm):
    """已发消息的筛选."""

    words = forms.CharField(label="学号或姓名", max_length=40, required=False)
    seen = forms.ChoiceField(label="查看", choices=[("", "全部"), ("no", "未查看")], required=False)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


@page(Permission.REMIND, "POST")
def remind(request: PageRequest, stem: str) -> HttpResponse:
    """提醒 the students of a form (`student_no`, any number) of one matter (`task`), and back to where one was."""
    season = in_season(request, stem)
    chosen, task = request.POST.getlist("student_no"), request.POST.get("task", "")
    found = remind_students(season_id=season.id, student_nos=chosen, task=task, by=request.asker, at=request.at)
    say = messages.success if found.told else messages.warning
    say(request, told(found))
    return back(request)


@page(Permission.REMIND, "POST")
def remind_due(request: PageRequest, stem: str) -> HttpResponse:
    """提醒所有应提醒的人, in the background."""
    season = in_season(request, stem)
    arguments = {"season_id": season.id}
    job = submit(kind="remind_due", about=season.label, arguments=arguments, by=request.asker.actor, at=request.at)
    return redirect("message", job.pk)


@page(Permission.REMIND)
def sent_messages(request: PageRequest, stem: str) -> HttpResponse:
    """提醒与通知: what was sent in a season, how it was delivered, who has seen it."""
    season = in_season(request, stem)
    form = SentForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = sent(
        request.asker,
        season.id,
        words=asked.get("words", ""),
        unseen=asked.get("seen") == "no",
        before=asked.get("before") or 0,
    )
    context = {
        "form": form,
        "page": found,
        "totals": totals(request.asker, season.id),
        "channels": [channel.chinese for channel in channels()],
        "manners": settings.REMINDING_MANNERS,
        "job": newest_about(request.asker, ("remind_due",), season_id=season.id),
    }
    return show(request, "shared/sent_messages.html", "sent", context, season=season)


def told(found: Reminded) -> str:
    """What came of a reminder, in one sentence."""
    parts = [f"已提醒 {found.told} 人" if found.told else "没有需要提醒的人"]
    if found.done:
        parts.append(f"{found.done} 人已经办完或不必办")
    if found.waiting:
        parts.append(f"{found.waiting} 人现在还办不了（要先办别的，或在等审核）")
    if found.before:
        parts.append(f"{found.before} 人在这一截止前的同一阶段已提醒过")
    return "；".join(parts) + "。"

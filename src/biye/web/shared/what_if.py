"""若补过……，则……: tick courses and exams, and see what the rules would say. Nothing is written."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from biye.accounts.core.permissions import Permission
from biye.audit.queries.results import latest_run
from biye.audit.queries.what_if import Choices, choices, what_if
from biye.foundation.amounts import HUNDREDTHS
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import SeasonRow
from biye.web.shared.forms import PageForm
from biye.web.shared.frame import in_season, show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.student import card_of


class WhatIfForm(PageForm):
    """假设通过的课程与统考."""

    course = forms.MultipleChoiceField(label="课程", required=False)
    exam = forms.MultipleChoiceField(label="统考", required=False)
    score = forms.IntegerField(label="课程按多少分计", required=False, min_value=0, max_value=100)

    def __init__(self, *args: Any, found: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [(line.code, line.name) for line in found.courses]  # type: ignore[attr-defined]
        self.fields["exam"].choices = [(subject, subject) for subject in found.exams]  # type: ignore[attr-defined]


@page(Permission.SEE_STUDENTS)
def of_student(request: PageRequest, stem: str, student_no: str) -> HttpResponse:
    """What a teacher tries for one student, by the newest audit."""
    season, card = in_season(request, stem), card_of(request, student_no)
    run = existing(latest_run(request.asker, season.id))
    context = {"card": card, "section": "students", "back": reverse("student", args=[stem, student_no])}
    return try_out(request, run, student_no, season, context)


def try_out(
    request: PageRequest, run: Any, student_no: str, season: SeasonRow, context: dict[str, Any]
) -> HttpResponse:
    """The page of ticks with what came of them; just the outcome for a page that asks for it."""
    found = existing(choices(request.asker, run, student_no))
    form = WhatIfForm(request.GET, found=found)
    said = form.cleaned_data if form.is_valid() else {}
    courses, exams = said.get("course", []), said.get("exam", [])
    passing = school().grade_scales.default.pass_score // HUNDREDTHS
    score: int = passing if (given := said.get("score")) is None else given
    outcome = what_if(request.asker, run, student_no, courses, exams, score) if courses or exams else None
    whole = {**context, "choices": found, "courses": courses, "exams": exams, "score": score, "outcome": outcome}
    if request.headers.get("HX-Request"):
        return render(request, "shared/what_if_outcome.html", whole)
    return show(request, "shared/what_if.html", context["section"], whole, season=season)

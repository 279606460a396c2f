"""审查规则: the versions of a season's rules, drafts of a change, what a draft would change, and putting it into force."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.audit.actions.begin import begin_rehearsal
from biye.audit.actions.rules import adopt_rules, approve_rules, draft_rules
from biye.audit.queries.results import latest_run
from biye.audit.queries.rules import Check, check_files, in_force, rules_of, version_of
from biye.audit.queries.runs import rehearsals
from biye.seasons.core.trouble import SchoolRefused
from biye.web.college.rule_files import changed_files, edited, of_no_file, shown_files
from biye.web.shared.frame import in_season, show
from biye.web.shared.jobs import newest_about
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.school_refusals import refuse_school


@page(Permission.REHEARSE_RULES, "GET", "POST")
def listed(request: PageRequest, stem: str) -> HttpResponse:
    """各版规则; the school folder's files come into force by a click where they differ."""
    season = in_season(request, stem)
    if request.method == "POST":
        return _adopt(request, season.id, stem)
    context = {"rows": rules_of(request.asker, season.id), "current": in_force(season.id)}
    return show(request, "college/rules.html", "rules", context, season=season)


@page(Permission.REHEARSE_RULES)
def one(request: PageRequest, rules_id: int) -> HttpResponse:
    """一版规则: what it says, what it was tried out in."""
    version = existing(version_of(request.asker, rules_id))
    season = in_season(request, version.season.stem)
    current = in_force(season.id)
    context = {
        "version": version,
        "files": shown_files(version.files),
        "changes": changed_files(current.files, version.files) if current and version.is_draft else (),
        "runs": rehearsals(request.asker, version),
        "newest": latest_run(request.asker, season.id),
        "job": newest_about(request.asker, ("rehearse_rules",), rules_id=version.pk),
    }
    return show(request, "college/rules_version.html", "rules", context, season=season)


@page(Permission.REHEARSE_RULES, "GET", "POST")
def draft(request: PageRequest, rules_id: int) -> HttpResponse:
    """起草变更: the files of a version to be changed; looked at by 检查, and kept by 保存 where they can be read."""
    base = existing(version_of(request.asker, rules_id))
    if request.method != "POST":
        return _editor(request, base, base.files)
    files = edited(base.files, request.POST)
    if "check" in request.POST:
        return _editor(request, base, files, check_files(request.asker, files, base.season.stem))
    note = request.POST.get("note", "")[:400]
    try:
        made = draft_rules(base.season_id, files, note=note, by=request.asker.actor, at=request.at)
    except SchoolRefused as refused:
        return _editor(request, base, files, Check(refused.troubles), is_refused=True)
    return redirect("college_rules_version", made.pk)


def _editor(
    request: PageRequest, base: Any, files: dict[str, str], check: Check | None = None, *, is_refused: bool = False
) -> HttpResponse:
    """The form with what was typed, and what is wrong with it, where that is known."""
    troubles = check.troubles if check else ()
    context = {
        "base": base,
        "files": shown_files(files, troubles),
        "elsewhere": of_no_file(files, troubles),
        "note": request.POST.get("note", ""),
        "check": check,
        "is_refused": is_refused,
    }
    return show(request, "college/rules_draft.html", "rules", context, season=in_season(request, base.season.stem))


@page(Permission.REHEARSE_RULES, "POST")
def rehearse(request: PageRequest, rules_id: int) -> HttpResponse:
    """试算 on the whole cohort."""
    existing(version_of(request.asker, rules_id))
    begin_rehearsal(rules_id, by=request.asker, at=request.at)
    return redirect("college_rules_version", rules_id)


@page(Permission.REHEARSE_RULES, "POST")
def approve(request: PageRequest, rules_id: int) -> HttpResponse:
    """批准: the draft comes into force; the next audit goes by it."""
    existing(version_of(request.asker, rules_id))
    reason = request.POST.get("reason", "")
    try:
        approved = approve_rules(rules_id, reason=reason, by=request.asker.actor, at=request.at)
    except SchoolRefused as refused:
        refuse_school(request, refused, "没有批准")
        return redirect("college_rules_version", rules_id)
    messages.success(request, f"规则第 {approved.number} 版已生效，请重新审查全部学生。")
    return redirect("college_rules_version", rules_id)


def _adopt(request: PageRequest, season_id: int, stem: str) -> HttpResponse:
    before = in_force(season_id)
    try:
        adopted = adopt_rules(season_id, Path(settings.SCHOOL_FOLDER), by=request.asker.actor, at=request.at)
    except SchoolRefused as refused:
        refuse_school(request, refused, "没有采用")
        return redirect("college_rules", stem)
    if before and before.pk == adopted.pk:
        messages.info(request, f"学校资料与现行的第 {adopted.number} 版相同，没有变化。")
    else:
        messages.success(request, f"已采用学校资料，规则第 {adopted.number} 版生效。")
    return redirect("college_rules", stem)

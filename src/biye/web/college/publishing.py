"""公布: prepare what every student will be told, look at it, release it in one act, take it back with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.audit.actions.begin import begin_publication
from biye.audit.actions.publications import release_publication, withdraw_publication
from biye.audit.queries.publications import kept_documents, prepared_for, publication_by_id, publications, samples
from biye.audit.queries.results import latest_run, summary
from biye.audit.queries.runs import changed_students
from biye.web.shared.explaining import explanation_context
from biye.web.shared.frame import in_season, show
from biye.web.shared.jobs import newest_about
from biye.web.shared.pages import PageRequest, existing, page


@page(Permission.PUBLISH, "GET", "POST")
def listed(request: PageRequest, stem: str) -> HttpResponse:
    """各版公布, and the way to the next one."""
    season = in_season(request, stem)
    run = latest_run(request.asker, season.id)
    if request.method == "POST" and run is not None:
        begin_publication(run.pk, by=request.asker, at=request.at)
        return redirect("college_publish", stem)
    context: dict[str, Any] = {"rows": publications(request.asker, season.id), "run": run}
    if run is not None:
        context |= {
            "summary": summary(request.asker, run),
            "changed": changed_students(request.asker, run, request.at),
            "job": newest_about(request.asker, ("prepare_publication",), run_id=run.pk),
        }
    return show(request, "college/publications.html", "publish", context, season=season)


@page(Permission.PUBLISH)
def one(request: PageRequest, publication_id: int) -> HttpResponse:
    """一版公布: what would be told to how many; and to one of them, word for word."""
    publication = existing(publication_by_id(request.asker, publication_id))
    student_no = request.GET.get("student_no", "").strip()
    found = prepared_for(request.asker, publication, student_no) if student_no else None
    context = {
        "publication": publication,
        "summary": summary(request.asker, publication.run),
        "kept": kept_documents(request.asker, publication),
        "samples": samples(request.asker, publication),
        "student_no": student_no,
        **(explanation_context(found) if found else {}),
    }
    season = in_season(request, publication.run.season.stem)
    return show(request, "college/publication.html", "publish", context, season=season)


@page(Permission.PUBLISH, "POST")
def release(request: PageRequest, publication_id: int) -> HttpResponse:
    """公布."""
    existing(publication_by_id(request.asker, publication_id))
    released = release_publication(publication_id, by=request.asker, at=request.at)
    messages.success(request, f"已向 {released.students:,} 名学生公布审查结论（第 {released.number} 版）。")
    return redirect("college_publication", publication_id)


@page(Permission.PUBLISH, "POST")
def withdraw(request: PageRequest, publication_id: int) -> HttpResponse:
    """收回."""
    existing(publication_by_id(request.asker, publication_id))
    reason = request.POST.get("reason", "")
    withdrawn = withdraw_publication(publication_id, reason=reason, by=request.asker, at=request.at)
    messages.success(request, f"第 {withdrawn.number} 版已收回，学生现在看到的是它之前的一版（如有）。")
    return redirect("college_publication", publication_id)

"""消息中心: a person's background jobs: how far they are, what they gave, and the way to stop or repeat them."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render

from biye.accounts.core.permissions import Permission
from biye.machinery.jobs.actions import submit
from biye.web.shared.frame import show
from biye.web.shared.jobs import job as job_of
from biye.web.shared.jobs import jobs
from biye.web.shared.pages import PageRequest, existing, page


@page(Permission.SEE_MESSAGES)
def listed(request: PageRequest) -> HttpResponse:
    """消息中心."""
    return show(request, "shared/messages_page.html", "messages", {"jobs": jobs(request.asker)})


@page(Permission.SEE_MESSAGES)
def one(request: PageRequest, job_id: int) -> HttpResponse:
    """One job: a page of its own, or just its line for the page that is watching it."""
    job = existing(job_of(request.asker, job_id))
    if request.headers.get("HX-Request"):
        refresh = request.GET.get("refresh", "")
        answer = render(request, "shared/job.html", {"job": job, "refresh": refresh})
        if refresh and not job.is_open:
            answer["HX-Refresh"] = "true"
        return answer
    return show(request, "shared/message.html", "messages", {"job": job})


@page(Permission.SEE_MESSAGES, "POST")
def cancel(request: PageRequest, job_id: int) -> HttpResponse:
    """取消."""
    existing(job_of(request.asker, job_id))
    submit.cancel(job_id, by=request.asker.actor, at=request.at)
    return redirect("message", job_id)


@page(Permission.SEE_MESSAGES, "POST")
def retry(request: PageRequest, job_id: int) -> HttpResponse:
    """重试."""
    existing(job_of(request.asker, job_id))
    submit.retry(job_id, by=request.asker.actor, at=request.at)
    return redirect("message", job_id)


@page(Permission.SEE_MESSAGES)
def download(request: PageRequest, job_id: int) -> FileResponse:
    """下载结果: by whoever started the job, while it is kept."""
    job = existing(job_of(request.asker, job_id))
    if not job.file:
        raise Http404
    return FileResponse(job.file.open("rb"), as_attachment=True, filename=job.file_name)

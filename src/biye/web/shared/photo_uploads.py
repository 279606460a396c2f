"""成批上传照片: many files, a folder or an archive, and what became of each."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.photos.actions.receiving import MOST_ARCHIVE_BYTES, receive_files, refuse_too_much
from biye.photos.queries.networks import missing
from biye.photos.queries.specifications import specification_of, specifications_of, stems
from biye.web.shared.frame import in_season, show
from biye.web.shared.jobs import job as job_of
from biye.web.shared.jobs import open_jobs
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.shared.photo_forms import PhotoUploadForm
from biye.web.shared.refusals import sentence

KIND = "upload_photos"
_MIB = 1024 * 1024


def choices_of(stem: str) -> list[tuple[str, str]]:
    """照片规格 to choose from: the season's and its variants; all of the school's where the season has none."""
    return specifications_of(stem) or [(one, specification_of(one).title) for one in stems()]


@page(Permission.UPLOAD_PHOTOS, "GET", "POST")
def upload(request: PageRequest, stem: str) -> HttpResponse:
    """成批上传."""
    season, choices = in_season(request, stem), choices_of(stem)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PhotoUploadForm(*bound, specifications=choices)
    if form.is_bound and form.is_valid():
        refuse_too_much(sum(file.size or 0 for file in form.chosen()))
        files = [(file.name, file.read()) for file in form.chosen()]
        said = form.cleaned_data
        job = receive_files(files, purpose=said["purpose"], stem=said["stem"], by=request.asker, at=request.at)
        return redirect("photo_upload_report", job.pk)
    context = {
        "form": form,
        "jobs": open_jobs(request.asker, KIND),
        "most": MOST_ARCHIVE_BYTES // _MIB,
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "missing": [sentence(reason) for reason in missing()],
    }
    return show(request, "photos/upload.html", "photos", context, season=season)


@page(Permission.UPLOAD_PHOTOS)
def report(request: PageRequest, job_id: int) -> HttpResponse:
    """上传报告: counts by centre, and the files that were not taken; of one's own upload."""
    job = existing(job_of(request.asker, job_id))
    existing(job if job.kind == KIND else None)
    result = job.result if job.state == "done" else None
    return show(request, "photos/upload_report.html", "photos", {"job": job, "result": result})

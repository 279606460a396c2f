"""导入: drop sheets, look at what was understood, accept, mend, take back."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.core.permissions import Permission
from biye.machinery.jobs.actions.submit import submit
from biye.records.actions.import_undoing import undo_import
from biye.records.actions.imports import choose_reading, discard_import, receive_import
from biye.seasons.queries.imports import PROBLEMS_PAGE, SEVERITIES, ImportView, import_batch, imports, problems
from biye.web.college.import_forms import AcceptForm, ReadingForm, UndoForm, UploadForm, chosen, reading_forms
from biye.web.shared.frame import show
from biye.web.shared.jobs import newest_about
from biye.web.shared.pages import PageRequest, existing, page

WORK = ("preview_import", "accept_import")


@page(Permission.IMPORT_SHEETS, "GET", "POST")
def listed(request: PageRequest) -> HttpResponse:
    """导入批次, and the place to drop the next sheets."""
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        files = [(file.name, file.read()) for file in form.cleaned_data["files"]]
        batch = receive_import(files=files, choices={}, by=request.asker.actor, at=request.at)
        return _preview(request, batch.pk)
    return show(request, "college/imports.html", "imports", {"form": form, "rows": imports(request.asker)})


@page(Permission.IMPORT_SHEETS)
def one(request: PageRequest, batch_id: int) -> HttpResponse:
    """一次导入: what was understood, every problem, what it would change."""
    batch = existing(import_batch(request.asker, batch_id))
    severity = request.GET.get("severity", "")
    start = int(request.GET["start"]) if request.GET.get("start", "").isdigit() else 0
    found, total = problems(request.asker, batch_id, severity if severity in SEVERITIES else "", start)
    context = {
        "batch": batch,
        "job": newest_about(request.asker, WORK, batch_id=batch_id),
        "problems": found,
        "total": total,
        "start": start,
        "following": start + PROBLEMS_PAGE if start + PROBLEMS_PAGE < total else "",
        "severity": severity,
        "severities": [(key, label, batch.problem_counts.get(key, 0)) for key, label in SEVERITIES.items()],
        "readings": reading_forms(batch),
        "accept_form": AcceptForm(),
        "undo_form": UndoForm(),
    }
    return show(request, "college/import.html", "imports", context)


@page(Permission.IMPORT_SHEETS, "POST")
def choose(request: PageRequest, batch_id: int) -> HttpResponse:
    """改读法: kind and coverage of a sheet, then look again."""
    batch = existing(import_batch(request.asker, batch_id))
    form = ReadingForm(request.POST)
    if form.is_valid():
        choices = chosen(batch, form.cleaned_data)
        choose_reading(batch_id, choices=choices, by=request.asker.actor, at=request.at)
        return _preview(request, batch_id)
    messages.error(request, "请选择表的种类和范围。")
    return redirect("college_import", batch_id)


@page(Permission.IMPORT_SHEETS, "POST")
def accept(request: PageRequest, batch_id: int) -> HttpResponse:
    """接受: the good rows go in, in the background."""
    batch = existing(import_batch(request.asker, batch_id))
    form = AcceptForm(request.POST)
    form.is_valid()
    arguments = {
        "batch_id": batch_id,
        "include_asked": bool(form.cleaned_data.get("include_asked")),
        "at": request.at.isoformat(),
    }
    submit(kind="accept_import", by=request.asker.actor, at=request.at, about=_named(batch), arguments=arguments)
    return redirect("college_import", batch_id)


@page(Permission.IMPORT_SHEETS, "POST")
def discard(request: PageRequest, batch_id: int) -> HttpResponse:
    """放弃."""
    existing(import_batch(request.asker, batch_id))
    discard_import(batch_id, by=request.asker.actor, at=request.at)
    messages.success(request, "已放弃这次上传，文件已删除，数据没有任何改动。")
    return redirect("college_imports")


@page(Permission.IMPORT_SHEETS, "POST")
def undo(request: PageRequest, batch_id: int) -> HttpResponse:
    """撤销."""
    existing(import_batch(request.asker, batch_id))
    form = UndoForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请写明撤销的理由。")
        return redirect("college_import", batch_id)
    undo_import(batch_id, reason=form.cleaned_data["reason"], by=request.asker.actor, at=request.at)
    messages.success(request, "已撤销，数据恢复到这次导入之前。")
    return redirect("college_import", batch_id)


@page(Permission.IMPORT_SHEETS)
def mend(request: PageRequest, batch_id: int) -> FileResponse:
    """待改表: the rows that did not go in, with what is wrong beside them."""
    batch = existing(import_batch(request.asker, batch_id))
    if batch.mend is None:
        raise Http404
    return FileResponse(batch.mend.open("rb"), as_attachment=True, filename=f"待改-导入{batch_id}.xlsx")


def _preview(request: PageRequest, batch_id: int) -> HttpResponse:
    arguments = {"batch_id": batch_id, "at": request.at.isoformat()}
    about = _named(existing(import_batch(request.asker, batch_id)))
    submit(kind="preview_import", by=request.asker.actor, at=request.at, about=about, arguments=arguments)
    return redirect("college_import", batch_id)


def _named(batch: ImportView) -> str:
    name = "、".join(batch.files)
    return name if len(name) <= 60 else f"{name[:58]}……"

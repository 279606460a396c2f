"""材料: handed out to whoever may see the case, always as a file to keep, never as a page."""

from django.http import FileResponse, Http404

from biye.accounts.core.permissions import Permission
from biye.casework.queries.files import file_of
from biye.web.shared.pages import PageRequest, existing, page


@page(Permission.SEE_CASE_FILES)
def download(request: PageRequest, file_id: int) -> FileResponse:
    """一份材料. A page shows a picture of it beside the student; opened by itself it is a file."""
    found = existing(file_of(request.asker, file_id))
    try:
        content = found.open()
    except FileNotFoundError:
        raise Http404 from None
    ending = found.path.rpartition(".")[2]
    name = f"{found.label or found.purpose_label}.{ending}"
    return FileResponse(content, as_attachment=True, filename=name, content_type=found.media)

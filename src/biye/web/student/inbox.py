"""学生消息: what one was told, the newest first; opening the list is seeing it."""

from django.http import HttpResponse
from django.urls import reverse

from biye.accounts.core.permissions import Permission
from biye.accounts.queries.students import own_card
from biye.casework.actions.seeing import see
from biye.casework.core.undone import PAPER
from biye.casework.queries.messages import own_messages
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page

# What a message is about → the page of the next tap; everything else leads home.
NEXT: dict[str, tuple[str, ...]] = {
    "record_check": ("student_record",),
    "courses": ("student_courses",),
    "photo": ("student_photo",),
    "conclusion": ("student_conclusion",),
    "sign_off": ("student_sign",),
    "appraisal": ("student_appraisal",),
    "degree": ("student_degree",),
    "completion": ("student_application", "completion"),
    "deferral": ("student_application", "deferral"),
    "correction": ("student_record",),
    "objection": ("student_objections",),
}


@page(Permission.HANDLE_OWN_CASES)
def listed(request: PageRequest) -> HttpResponse:
    """消息."""
    notes = own_messages(request.asker)
    if request.method == "GET":
        see([note.id for note in notes if note.seen_at is None], by=request.asker, at=request.at)
    context = {
        "notes": [(note, address(note.task)) for note in notes],
        "card": existing(own_card(request.asker)),
    }
    return show(request, "student/messages.html", "inbox", context)


def address(task: str) -> str:
    """The next tap."""
    name, *arguments = NEXT.get(task.removesuffix(PAPER), ("student_home",))
    return reverse(name, args=arguments)

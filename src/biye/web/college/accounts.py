"""账户与权限: who may sign in, in which seats; what each role may do."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from biye.accounts.actions import accounts as acts
from biye.accounts.actions import seats
from biye.accounts.core.permissions import TABLE, Permission
from biye.accounts.core.roles import Role
from biye.accounts.queries.accounts import PAGE, AccountFilter, account, accounts, role_counts, students_without_login
from biye.accounts.queries.centres import centres
from biye.accounts.queries.ledger import entries_about
from biye.machinery.jobs.actions.submit import submit
from biye.seasons.queries.schools import school
from biye.web.college.account_forms import AccountFilterForm, LoginsForm, SeatForm, TeacherForm
from biye.web.shared.forms import posted
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page

CENTRE, OFFICE = "centre:", "office:"


def places(request: PageRequest) -> list[tuple[str, str]]:
    """Where a teacher may work: an office of the college, or one centre."""
    offices = [(f"{OFFICE}{key}", f"学院 · {office.label}") for key, office in school().offices.items()]
    return [
        *offices,
        *((f"{CENTRE}{one.code}", f"{school().centres.label} · {one.name}") for one in centres(request.asker)),
    ]


@page(Permission.MANAGE_ACCOUNTS)
def listed(request: PageRequest) -> HttpResponse:
    """账户名单."""
    form = AccountFilterForm(request.GET)
    wanted = AccountFilter(**form.cleaned_data) if form.is_valid() else AccountFilter()
    rows = accounts(request.asker, wanted)
    context = {"form": form, "rows": rows[:PAGE], "after": rows[PAGE - 1].username if len(rows) > PAGE else ""}
    return show(request, "college/accounts.html", "accounts", {**context, "counts": role_counts(request.asker)})


@page(Permission.MANAGE_ACCOUNTS)
def permissions(request: PageRequest) -> HttpResponse:
    """权限表: the table that pages are guarded by, as it is."""
    rows = [(label, [role in roles for role in Role]) for label, roles in TABLE.values()]
    return show(request, "college/permissions.html", "accounts", {"rows": rows, "roles": list(Role)})


@page(Permission.MANAGE_ACCOUNTS, "GET", "POST")
def new_teacher(request: PageRequest) -> HttpResponse:
    """新建老师账户. The initial password is shown in the answer and nowhere again."""
    form = TeacherForm(posted(request), places=places(request))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        made = acts.create_teacher(
            username=said["username"],
            name=said["name"],
            telephone=said["telephone"],
            **_place(said["place"]),
            by=request.asker.actor,
            at=request.at,
        )
        return show(request, "college/account_made.html", "accounts", {"made": made})
    return show(request, "college/account_new.html", "accounts", {"form": form})


@page(Permission.MANAGE_ACCOUNTS)
def one(request: PageRequest, user_id: int) -> HttpResponse:
    """一个账户."""
    found = existing(account(request.asker, user_id))
    trace = entries_about(request.asker, f"account:{found.username}")
    form = SeatForm(places=places(request))
    return show(request, "college/account.html", "accounts", {"account": found, "form": form, "trace": trace})


@page(Permission.MANAGE_ACCOUNTS, "POST")
def give_seat(request: PageRequest, user_id: int) -> HttpResponse:
    """增加身份."""
    form = SeatForm(request.POST, places=places(request))
    if not form.is_valid():
        messages.error(request, str(form.non_field_errors()[0]) if form.non_field_errors() else "请检查所填内容。")
        return redirect("college_account", user_id)
    place, student_no = form.cleaned_data["place"], form.cleaned_data["student_no"]
    role = Role.STUDENT if student_no else Role.CENTRE if place.startswith(CENTRE) else Role.COLLEGE
    where = {"student_no": student_no} if student_no else _place(place)
    seats.give_seat(user_id=user_id, role=role, **where, by=request.asker.actor, at=request.at)
    messages.success(request, "已增加身份。")
    return redirect("college_account", user_id)


@page(Permission.MANAGE_ACCOUNTS, "POST")
def take_seat_away(request: PageRequest, user_id: int, seat_id: int) -> HttpResponse:
    """取消身份."""
    found = existing(account(request.asker, user_id))
    if seat_id not in {seat.seat_id for seat in found.seats}:
        raise Http404
    seats.take_seat_away(seat_id=seat_id, by=request.asker.actor, at=request.at)
    messages.success(request, "已取消身份。")
    return redirect("college_account", user_id)


@page(Permission.MANAGE_ACCOUNTS, "POST")
def reset_password(request: PageRequest, user_id: int) -> HttpResponse:
    """重置密码."""
    existing(account(request.asker, user_id))
    made = acts.reset_password(user_id=user_id, by=request.asker.actor, at=request.at)
    return show(request, "college/account_made.html", "accounts", {"made": made, "is_reset": True})


@page(Permission.MANAGE_ACCOUNTS, "POST")
def stop_or_start(request: PageRequest, user_id: int) -> HttpResponse:
    """停用或恢复账户."""
    found = existing(account(request.asker, user_id))
    act = acts.stop_account if found.is_active else acts.start_account
    act(user_id=user_id, by=request.asker.actor, at=request.at)
    messages.success(request, "账户已停用。" if found.is_active else "账户已恢复。")
    return redirect("college_account", user_id)


@page(Permission.MANAGE_ACCOUNTS, "GET", "POST")
def logins(request: PageRequest) -> HttpResponse:
    """批量新建学生账户: a background job; its sheet of initial passwords waits in the message centre."""
    form = LoginsForm(posted(request), centres=centres(request.asker))
    if form.is_bound and form.is_valid():
        centre_code = form.cleaned_data["centre_code"]
        job = submit(
            kind="student_logins",
            by=request.asker.actor,
            at=request.at,
            about=dict(form.fields["centre_code"].choices)[centre_code],  # type: ignore[attr-defined]
            arguments={"centre_code": centre_code, "at": request.at.isoformat()},
        )
        return redirect("message", job.pk)
    missing = len(students_without_login(request.asker))
    return show(request, "college/logins.html", "accounts", {"form": form, "missing": missing})


def _place(place: str) -> dict[str, str]:
    kind = "centre_code" if place.startswith(CENTRE) else "office"
    return {kind: place.partition(":")[2]}

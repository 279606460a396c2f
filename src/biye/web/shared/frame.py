"""页框: the portal a page is shown in, its navigation, and the season it stands in."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from biye.accounts.core.roles import Role
from biye.casework.queries.messages import unread
from biye.seasons.queries.seasons import SeasonRow, newest_season, season
from biye.web.shared.pages import PageRequest, existing


@dataclass(frozen=True, slots=True)
class Section:
    """栏目: an entry of a portal's navigation; `needs_season` says that its address names one."""

    key: str
    name: str
    label: str
    needs_season: bool


SECTIONS: dict[Role, tuple[Section, ...]] = {
    Role.COLLEGE: (
        Section("overview", "college_season", "批次总览", True),
        Section("imports", "college_imports", "导入", False),
        Section("audit", "college_audit", "审查", True),
        Section("students", "students", "学生", True),
        Section("photos", "photos", "照片", True),
        Section("rules", "college_rules", "规则", True),
        Section("publish", "college_publish", "公布", True),
        Section("cases", "cases", "办理", True),
        Section("confirming", "college_confirming", "预毕业确认", True),
        Section("withdrawals", "college_withdrawals", "退学", True),
        Section("sent", "sent_messages", "提醒", True),
        Section("messages", "messages", "消息中心", False),
        Section("accounts", "college_accounts", "账户", False),
        Section("ledger", "college_ledger", "留痕", False),
    ),
    Role.CENTRE: (
        Section("overview", "centre_home", "今天要办", False),
        Section("students", "students", "花名册", True),
        Section("photos", "photos", "照片", True),
        Section("cases", "cases", "办理", True),
        Section("papers", "centre_papers", "收纸质件", True),
        Section("fees", "centre_fees", "交费", True),
        Section("sent", "sent_messages", "提醒", True),
        Section("messages", "messages", "消息中心", False),
    ),
    Role.STUDENT: (
        Section("home", "student_home", "我的毕业", False),
        Section("inbox", "student_messages", "消息", False),
        Section("record", "student_record", "学籍信息", False),
        Section("courses", "student_courses", "学分与统考", False),
        Section("conclusion", "student_conclusion", "审查结论", False),
        Section("photo", "student_photo", "毕业照片", False),
    ),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of the navigation on one page."""

    address: str
    label: str
    is_here: bool
    count: int = 0


def in_season(request: PageRequest, stem: str) -> SeasonRow:
    """The season named in the address; no such page where there is none."""
    return existing(season(request.asker, stem))


def show(
    request: PageRequest,
    template: str,
    section: str,
    context: dict[str, Any] | None = None,
    *,
    season: SeasonRow | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page in the portal of the asker's seat."""
    season = season or newest_season(request.asker)
    frame = {
        "portal_base": f"{request.asker.role}/base.html",
        "season": season,
        "ways": _ways(request, section, season, {"inbox": unread(request.asker)} if request.asker.student_id else {}),
        "at": request.at,
    }
    return render(request, template, {**frame, **(context or {})}, status=status)


def _ways(request: PageRequest, here: str, season: SeasonRow | None, counts: dict[str, int]) -> list[Way]:
    return [
        Way(
            reverse(one.name, args=[season.stem] if season and one.needs_season else []),
            one.label,
            one.key == here,
            counts.get(one.key, 0),
        )
        for one in SECTIONS[request.asker.role]
        if season is not None or not one.needs_season
    ]

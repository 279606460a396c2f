"""学院端页框: the season a page stands in, and the way to the others."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from biye.seasons.queries.seasons import SeasonRow, newest_season, season
from biye.web.shared.pages import PageRequest

# Section → (page, what it is called, does it stand in a season?)
ALL_SECTIONS: dict[str, tuple[str, str, bool]] = {
    "overview": ("college_season", "批次总览", True),
    "imports": ("college_imports", "导入", False),
    "audit": ("college_audit", "审查", True),
    "students": ("college_students", "学生", True),
    "rules": ("college_rules", "规则", True),
    "publish": ("college_publish", "公布", True),
    "messages": ("college_messages", "消息中心", False),
    "accounts": ("college_accounts", "账户", False),
    "ledger": ("college_ledger", "留痕", False),
}


SECTIONS = {k: v for k, v in ALL_SECTIONS.items() if k in ("accounts", "ledger")}


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of the navigation."""

    address: str
    label: str
    is_here: bool


def in_season(request: PageRequest, stem: str) -> SeasonRow:
    """The season named in the address; no such page where there is none."""
    found = season(request.asker, stem)
    if found is None:
        raise Http404
    return found


def show(
    request: PageRequest,
    template: str,
    section: str,
    context: dict[str, Any] | None = None,
    *,
    season: SeasonRow | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of the college's portal with its navigation."""
    season = season or newest_season(request.asker)
    whole = {"season": season, "ways": _ways(section, season), "at": request.at, **(context or {})}
    return render(request, f"college/{template}", whole, status=status)


def _ways(section: str, season: SeasonRow | None) -> list[Way]:
    return [
        Way(reverse(name, args=[season.stem] if season and needs_season else []), label, key == section)
        for key, (name, label, needs_season) in SECTIONS.items()
        if season is not None or not needs_season
    ]

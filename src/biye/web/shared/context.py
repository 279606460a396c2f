"""页面背景: what every page knows, signed in or not."""

from typing import Any

from django.http import HttpRequest

from biye.seasons.queries.schools import school as our_school


def school(request: HttpRequest) -> dict[str, Any]:
    """The school this installation serves."""
    return {"school": our_school()}

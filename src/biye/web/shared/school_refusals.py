"""学校资料未通过检查的提示: one summary, and behind it everything to mend."""

from django.contrib import messages
from django.http import HttpRequest

from biye.seasons.core.trouble import SchoolRefused


def refuse_school(request: HttpRequest, refused: SchoolRefused, what: str) -> None:
    """What was not done, and how much is to be mended; the lines behind the first are folded where it is shown."""
    lines = [f"{what}：学校资料有 {len(refused.troubles)} 处需要改正。", *map(str, refused.troubles)]
    messages.error(request, "\n".join(lines))

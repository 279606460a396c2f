"""自我鉴定的字数: how long a text is, and whether it is long enough; the counter on the page counts the same way."""

import re

from biye.foundation.errors import Reason

_BLANK = re.compile("[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]")
"""What a browser's own pattern for blanks matches, so that page and server count alike."""


def length(text: str) -> int:
    """字数: characters that are not blank; a rare character is one, however it is stored."""
    return len(_BLANK.sub("", text))


def reasons_against(text: str, least: int | None, most: int | None) -> tuple[Reason, ...]:
    """Why a text cannot be handed in yet: appraisal_blank, appraisal_short, appraisal_long."""
    count = length(text)
    if not count:
        return (Reason("appraisal_blank"),)
    if least is not None and count < least:
        return (Reason("appraisal_short", {"count": count, "least": least, "missing": least - count}),)
    if most is not None and count > most:
        return (Reason("appraisal_long", {"count": count, "most": most, "surplus": count - most}),)
    return ()

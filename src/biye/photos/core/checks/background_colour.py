"""背景颜色: the mean distance of the background from the wanted colour."""

from typing import Annotated

import numpy as np
from pydantic import Field

from biye.photos.core.answers import Finding
from biye.photos.core.backdrop import Backdrop, lab_colour
from biye.photos.core.bands import thousandths
from biye.photos.core.check import BackdropCheck, Measured, judged

Channel = Annotated[int, Field(ge=0, le=255)]


class BackgroundColour(Measured):
    """背景颜色 as red, green, blue; the band is a colour distance, so that JPEG's rounding does not matter."""

    colour: tuple[Channel, Channel, Channel]


def judge(backdrop: Backdrop, limit: BackgroundColour) -> Finding:
    """`high` where the background is another colour; tells which."""
    distance = np.linalg.norm(backdrop.colours - lab_colour(*limit.colour), axis=1).mean()
    details = {"found": "，".join(map(str, backdrop.middle_rgb)), "wanted": "，".join(map(str, limit.colour))}
    return judged("background_colour", thousandths(distance), limit.band, details=details)


CHECK = BackdropCheck("background_colour", BackgroundColour, judge)

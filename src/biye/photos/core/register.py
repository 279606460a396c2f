"""检查项名册: every check there is, in the order in which people read them."""

from typing import cast

from biye.photos.core.check import Check
from biye.photos.core.checks import (
    background_colour,
    background_evenness,
    background_gradient,
    background_objects,
    background_shadow,
    border,
    centred,
    colour_depth,
    exposure,
    eye_line,
    eyes_open,
    face_width,
    file_format,
    file_name,
    file_size,
    frontal,
    head_top,
    lettering,
    level,
    mouth_closed,
    one_face,
    one_picture,
    orientation,
    pixel_size,
    quality,
    resolution,
    sharpness,
    shoulders,
    trailing_bytes,
    white_top,
)

_MODULES = (
    *(file_name, file_format, pixel_size, resolution, colour_depth, quality, file_size),
    *(orientation, one_picture, trailing_bytes),
    *(one_face, frontal, level, eyes_open, mouth_closed, centred, head_top, eye_line, face_width),
    *(background_colour, background_evenness, background_gradient, background_shadow),
    *(background_objects, border, lettering),
    *(white_top, shoulders, sharpness, exposure),
)
CHECKS: dict[str, Check] = {module.CHECK.name: cast("Check", module.CHECK) for module in _MODULES}

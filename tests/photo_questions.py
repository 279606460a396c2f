"""Photos that break what only people can see: glasses, hats, jewellery, hair, make-up; drawn, of nobody."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from PIL import Image, ImageDraw

from biye.photos.core.drawing.portrait import Sitter, draw
from biye.photos.core.windows import Pixels
from tests import photo_files
from tests.photo_files import encoded

type Paint = Callable[[ImageDraw.ImageDraw, "Place"], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Picture pixels of a place given in face widths from between the eyes, as portraits are drawn."""

    sitter: Sitter

    def __call__(self, *places: tuple[float, float]) -> list[tuple[float, float]]:
        unit, x, y = self.sitter.face_width, self.sitter.middle, self.sitter.eye_line
        return [(x + unit * across, y + unit * down) for across, down in places]

    def box(self, x: float, y: float, across: float, down: float) -> list[tuple[float, float]]:
        """A box about a middle."""
        return self((x - across, y - down), (x + across, y + down))


@dataclass(frozen=True, slots=True)
class ForPeople:
    """须由人看的违规: what is wrong, the question that asks for it, and the file."""

    what: str
    question: str
    make: Callable[[int], bytes]


def redrawn(**changes: object) -> Callable[[int], bytes]:
    return lambda number: encoded(draw(replace(photo_files.person(number), **changes)).pixels)


def painted(paint: Paint) -> Callable[[int], bytes]:
    def make(number: int) -> bytes:
        picture = Image.fromarray(photo_files.portrait(number).pixels)
        paint(ImageDraw.Draw(picture), Place(photo_files.person(number)))
        return encoded(np.asarray(picture))

    return make


def frame_over_eyes(brush: ImageDraw.ImageDraw, at: Place) -> None:
    brush.rectangle(at((-0.42, -0.1), (0.42, 0.0)), fill=(20, 20, 24))


def reflection(brush: ImageDraw.ImageDraw, at: Place) -> None:
    for side in (-1, 1):
        brush.ellipse(at.box(side * 0.225, 0.01, 0.17, 0.12), outline=(20, 20, 24), width=4)
        brush.polygon(
            at((side * 0.15, -0.09), (side * 0.3, -0.09), (side * 0.25, 0.1), (side * 0.12, 0.1)), (250, 252, 255)
        )


def hat(brush: ImageDraw.ImageDraw, at: Place) -> None:
    brush.polygon(at((-0.6, -0.35), (-0.5, -0.68), (0.5, -0.68), (0.6, -0.35)), (150, 30, 40))


def ear_rings(brush: ImageDraw.ImageDraw, at: Place) -> None:
    for side in (-1, 1):
        brush.ellipse(at.box(side * 0.52, 0.23, 0.03, 0.04), (220, 180, 60))


def necklace(brush: ImageDraw.ImageDraw, at: Place) -> None:
    brush.arc(at.box(0, 0.95, 0.28, 0.3), 20, 160, (220, 180, 60), 5)


def fringe(brush: ImageDraw.ImageDraw, at: Place) -> None:
    brush.rectangle(at((-0.46, -0.45), (0.46, -0.08)), fill=(38, 30, 28))


def make_up(brush: ImageDraw.ImageDraw, at: Place) -> None:
    brush.ellipse(at.box(0, 0.535, 0.16, 0.05), (200, 20, 50))
    for side in (-1, 1):
        brush.ellipse(at.box(side * 0.3, 0.28, 0.09, 0.06), (240, 120, 130))


def stripes(brush: ImageDraw.ImageDraw, at: Place) -> None:
    for step in range(8):
        brush.line(at((-0.5, 1.5 + step * 0.08), (0.5, 1.5 + step * 0.08)), (30, 60, 160), 6)


def highlight(number: int) -> bytes:
    one = photo_files.portrait(number)
    light = np.zeros(one.person.shape, np.float32)
    for x, y, size in ((0.0, -0.3, 0.09), (0.0, 0.3, 0.05)):
        ((across, down),) = Place(one.sitter)((x, y))
        cv2.circle(light, (round(across), round(down)), round(size * one.sitter.face_width), 255.0, -1)
    shine = cv2.GaussianBlur(light, (0, 0), 8)[..., np.newaxis]
    return encoded(np.clip(one.pixels + shine, 0, 255).astype(np.uint8))


def screen(number: int) -> bytes:
    """Photographed off a screen: fine bands run across."""
    pixels: Pixels = photo_files.portrait(number).pixels
    bands = 1 - 0.06 * (np.arange(len(pixels)) % 3 == 0)
    return encoded((pixels * bands[:, np.newaxis, np.newaxis]).astype(np.uint8))


FOR_PEOPLE = (
    ForPeople("墨镜", "glasses", redrawn(glasses=(28.0, 28.0, 32.0))),
    ForPeople("有色隐形眼镜", "glasses", redrawn(iris=(40.0, 90.0, 200.0))),
    ForPeople("镜框遮眼", "glasses", painted(frame_over_eyes)),
    ForPeople("镜片反光", "glasses", painted(reflection)),
    ForPeople("面部高光", "highlights", highlight),
    ForPeople("帽子", "head_cover", painted(hat)),
    ForPeople("耳环", "jewellery", painted(ear_rings)),
    ForPeople("项链", "jewellery", painted(necklace)),
    ForPeople("刘海遮眉", "hair", painted(fringe)),
    ForPeople("浓妆", "make_up", painted(make_up)),
    ForPeople("条纹上衣", "clothes", painted(stripes)),
    ForPeople("翻拍", "original", screen),
    ForPeople("扬眉", "expression", redrawn(brows=-0.06)),
)

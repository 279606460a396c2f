"""画像: invented portraits drawn by code, of nobody, whose every measure is therefore known to the pixel.

They stand in for photos in the demonstration, in tests and in benchmarks. The networks take them for faces.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from biye.photos.core.drawing.canvas import Canvas, Colour, Shape, ellipse, mirrored
from biye.photos.core.windows import Pixels, Plane

_GRAIN = 4.0


@dataclass(frozen=True, slots=True)
class Sitter:
    """画中人: measures in pixels of the picture; openings as shares of the eye's and mouth's width.

    `lean` of the shoulders and `roll` of the head are degrees, `turn` moves the features to one side as turning does.
    """

    width: int = 480
    height: int = 640
    eye_line: float = 245.0
    face_width: float = 225.0
    middle: float = 240.0
    crown: float = 85.0
    roll: float = 0.0
    turn: float = 0.0
    lean: float = 0.0
    lids: float = 0.34
    lips: float = 0.0
    skin: Colour = (224, 186, 160)
    hair: Colour = (38, 30, 28)
    iris: Colour = (60, 40, 30)
    shirt: Colour = (244, 244, 246)
    background: Colour = (100, 197, 255)
    hair_length: float = 0.25
    eyes_apart: float = 0.225
    mouth_down: float = 0.535
    jaw: float = 0.42
    brows: float = 0.0
    glasses: Colour | None = None
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Portrait:
    """画像: the picture, and how much of each pixel is the sitter."""

    sitter: Sitter
    pixels: Pixels
    person: Plane


def draw(sitter: Sitter) -> Portrait:
    """Draw one sitter. The same sitter is drawn the same everywhere."""
    canvas = Canvas(
        (sitter.width, sitter.height),
        (sitter.middle, sitter.eye_line),
        sitter.face_width,
        sitter.roll,
        sitter.background,
    )
    _Painter(canvas, sitter).paint()
    noise = np.random.default_rng(sitter.seed).normal(0, _GRAIN, (sitter.height, sitter.width)).astype(np.float32)
    pixels, person = canvas.finished(np.asarray(cv2.GaussianBlur(noise, (0, 0), 0.8), np.float32))
    return Portrait(sitter, pixels, person)


def invented(number: int) -> Sitter:
    """编造的人: one of any number of different people, the same one for the same number."""
    draw_of = np.random.default_rng((2718, number))
    shade = float(draw_of.uniform(0.78, 1.06))
    hair = float(draw_of.uniform(18, 60))
    return Sitter(
        eye_line=float(draw_of.uniform(240, 255)),
        face_width=float(draw_of.uniform(210, 245)),
        crown=float(draw_of.uniform(72, 92)),
        skin=(222 * shade, 184 * shade, 160 * shade),
        hair=(hair, hair * 0.85, hair * 0.8),
        iris=(float(draw_of.uniform(40, 90)), float(draw_of.uniform(28, 60)), float(draw_of.uniform(18, 50))),
        hair_length=float(draw_of.choice([0.1, 0.25, 0.9, 1.2])),
        lids=float(draw_of.uniform(0.3, 0.42)),
        eyes_apart=float(draw_of.uniform(0.205, 0.245)),
        mouth_down=float(draw_of.uniform(0.5, 0.57)),
        jaw=float(draw_of.uniform(0.36, 0.46)),
        brows=float(draw_of.uniform(-0.02, 0.02)),
        seed=number,
    )


@dataclass(frozen=True, slots=True)
class _Painter:
    """Lays the parts over each other from back to front."""

    canvas: Canvas
    sitter: Sitter

    def paint(self) -> None:
        top = -(self.sitter.eye_line - self.sitter.crown) / self.sitter.face_width
        self._hair_behind(top)
        self._neck_and_shirt()
        face = self._face()
        self._nose(face)
        self._mouth(face)
        for side in (-1, 1):
            self._eye(side)
        self._hair_before(top, face)
        if self.sitter.glasses is not None:
            self._glasses(self.sitter.glasses)

    def _turned(self, x: float) -> float:
        return x + self.sitter.turn * (1 - (x / 0.5) ** 2) * 0.5

    def _shape(self, points: Shape) -> Shape:
        return [(self._turned(x), y) for x, y in points]

    def _hair_behind(self, top: float) -> None:
        down = self.sitter.hair_length
        sides = [(0.56, -0.1), (0.56, down), (0.38, down + 0.12)]
        crown = [(-0.5, -0.45), (-0.3, top + 0.06), (0, top), (0.3, top + 0.06), (0.5, -0.45)]
        shape = [*crown, *sides, (0, down + 0.1), *mirrored(sides[::-1], -1)]
        self.canvas.paint(self.canvas.patch(shape), self.sitter.hair, person=True)

    def _neck_and_shirt(self) -> None:
        canvas, skin = self.canvas, self.sitter.skin
        neck = [(0.27, 0.5), (0.27, 0.95), (0.36, 1.08)]
        patch = canvas.patch([*mirrored(neck, -1), (0, 1.3), *neck[::-1]], turns=False)
        canvas.paint(patch, _shade(skin, 0.86), person=True)
        below_chin = canvas.patch([(-0.3, 0.6), (-0.25, 0.86), (0, 0.95), (0.25, 0.86), (0.3, 0.6)], 0.05)
        canvas.tone(below_chin.within(canvas.person), (0.72, 0.66, 0.64))
        lean = np.tan(np.deg2rad(self.sitter.lean))
        right = [(0.34, 1.02), (0.62, 1.14), (0.95, 1.28)]
        left = [(-x, y + x * lean) for x, y in right]
        right = [(x, y - x * lean) for x, y in right]
        rest = [(1.12, 1.6), (1.2, 3.2)]
        collar = [(0.12, 1.24), (0, 1.3), (-0.12, 1.24)]
        shirt = canvas.patch([*left, *mirrored(rest, -1), *rest[::-1], *right[::-1], *collar], turns=False)
        canvas.paint(shirt, self.sitter.shirt, person=True)
        inside = canvas.whole(shirt)
        for side in (-1, 1):
            arm = mirrored([(1.3, 1.5), (1.3, 3), (0.8, 3), (0.75, 1.6)], side)
            canvas.tone(canvas.patch(arm, 0.12, curved=False, turns=False).within(inside), (0.86, 0.87, 0.9))
            flap = mirrored([(0.34, 1.02), (0.4, 1.1), (0.14, 1.52), (0, 1.36), (0.02, 1.3), (0.14, 1.24)], side)
            canvas.tone(canvas.patch(flap, 0.008, turns=False).within(inside), (0.9, 0.91, 0.93))

    def _face(self) -> Plane:
        canvas, skin, jaw = self.canvas, self.sitter.skin, self.sitter.jaw
        for side in (-1, 1):
            canvas.paint(
                canvas.patch(ellipse(side * 0.515, 0.06, 0.05, 0.14, side * 8)), _shade(skin, 0.93), person=True
            )
            canvas.tone(canvas.patch(ellipse(side * 0.52, 0.06, 0.025, 0.08), 0.015), (0.82, 0.74, 0.72))
        half = [(0.5, -0.05), (0.485, 0.18), (jaw, 0.42), (jaw - 0.12, 0.62), (0.14, 0.755)]
        brow = [(0.16, -0.6), (0.36, -0.5), (0.47, -0.3)]
        outline = [*mirrored(half, -1), (0, 0.785), *half[::-1], *brow[::-1], *mirrored(brow, -1)]
        patch = canvas.patch(outline)
        canvas.paint(patch, skin, person=True)
        face = canvas.whole(patch)
        # The head is a ball: its rim turns away from the light.
        core = canvas.whole(canvas.patch([(x * 0.72 - 0.02, y * 0.74) for x, y in outline], 0.16))
        canvas.colours *= 1 - (face * (1 - core) * 0.34)[..., np.newaxis] * np.array([0.85, 1, 1.05], np.float32)
        for side in (-1, 1):
            self._tone(ellipse(side * 0.27, 0.26, 0.10, 0.08), 0.05, (1.02, 0.93, 0.92), face)
            self._tone(ellipse(side * self.sitter.eyes_apart, -0.02, 0.15, 0.085), 0.035, (0.84, 0.78, 0.76), face)
        canvas.tone(canvas.patch(ellipse(0, -0.33, 0.24, 0.12), 0.08).within(face), (1.05, 1.05, 1.04))
        return face

    def _tone(self, shape: Shape, soft: float, factors: Colour, face: Plane) -> None:
        self.canvas.tone(self.canvas.patch(self._shape(shape), soft).within(face), factors)

    def _nose(self, face: Plane) -> None:
        ridge = [(-0.035, -0.06), (-0.05, 0.2), (-0.1, 0.33), (-0.06, 0.37), (-0.02, 0.2)]
        self._tone(ridge, 0.02, (0.88, 0.83, 0.81), face)
        self._tone(mirrored(ridge, -1), 0.02, (0.9, 0.86, 0.84), face)
        self._tone(ellipse(0, 0.17, 0.022, 0.17), 0.02, (1.08, 1.07, 1.07), face)
        self._tone(ellipse(0, 0.31, 0.05, 0.035), 0.02, (1.07, 1.05, 1.05), face)
        self._tone(ellipse(0, 0.375, 0.10, 0.018), 0.012, (0.72, 0.62, 0.6), face)
        for side in (-1, 1):
            nostril = self.canvas.patch(self._shape(ellipse(side * 0.05, 0.362, 0.022, 0.012, -side * 20)), 0.004)
            self.canvas.paint(nostril, _shade(self.sitter.skin, 0.35), strength=0.85)

    def _mouth(self, face: Plane) -> None:
        canvas, y = self.canvas, self.sitter.mouth_down
        gap = self.sitter.lips * 0.38
        lip = _shade((178, 96, 92), sum(self.sitter.skin) / 570)
        self._tone(ellipse(0, y - 0.105, 0.016, 0.035), 0.01, (0.9, 0.86, 0.85), face)
        if gap > 0.004:
            dark = [(-0.18, y), (-0.08, y - gap / 2), (0, y - gap / 2), (0.08, y - gap / 2), (0.18, y)]
            dark += [(0.08, y + gap / 2), (0, y + gap * 0.55), (-0.08, y + gap / 2)]
            canvas.paint(canvas.patch(self._shape(dark)), (60, 24, 26))
            teeth = [(-0.12, y - gap * 0.3), (0, y - gap * 0.48), (0.12, y - gap * 0.3), (0.1, y - gap * 0.02), (0, y)]
            canvas.paint(canvas.patch(self._shape([*teeth, (-0.1, y - gap * 0.02)])), (236, 230, 222))
        high = [(0.03, -0.052 - gap / 2), (0.1, -0.032 - gap / 2)]
        upper = [(-0.19, 0.0), *mirrored(high[::-1], -1), (0, -0.042 - gap / 2), *high, (0.19, 0)]
        upper += [(0.08, 0.004 - gap * 0.42), (0, 0.008 - gap / 2), (-0.08, 0.004 - gap * 0.42)]
        lower = [(-0.19, 0.0), (-0.08, 0.006 + gap * 0.42), (0, 0.008 + gap / 2), (0.08, 0.006 + gap * 0.42), (0.19, 0)]
        lower += [(0.1, 0.048 + gap / 2), (0, 0.066 + gap * 0.55), (-0.1, 0.048 + gap / 2)]
        for half, light in ((upper, 0.88), (lower, 1.06)):
            canvas.paint(canvas.patch(self._shape([(x, y + dy) for x, dy in half]), 0.004), _shade(lip, light))
        canvas.tone(canvas.patch(self._shape(ellipse(0, y + 0.035 + gap / 2, 0.07, 0.012)), 0.012), (1.13, 1.14, 1.14))
        if gap <= 0.004:
            seam = [(-0.19, y), (0, y + 0.009), (0.19, y), (0, y + 0.002)]
            canvas.paint(canvas.patch(self._shape(seam), 0.003), _shade(lip, 0.45), strength=0.9)
        self._tone(ellipse(0, y + 0.095, 0.11, 0.018), 0.02, (0.86, 0.81, 0.79), face)

    def _eye(self, side: int) -> None:
        canvas, sitter = self.canvas, self.sitter
        x, half = self._turned(side * sitter.eyes_apart), 0.108
        gap = sitter.lids * 2 * half
        above, below = gap * 0.58, gap * 0.42

        def patch(points: Shape, soft: float = 0.0) -> Plane:
            return canvas.whole(canvas.patch([(x + side * px, py) for px, py in points], soft))

        def paint(points: Shape, colour: Colour, soft: float = 0.0, strength: float = 1.0) -> None:
            moved = [(x + side * px, py) for px, py in points]
            canvas.paint(canvas.patch(moved, soft), colour, strength=strength)

        if gap > 0.004:
            lid = [(-half, 0.006), (-0.05, -above * 0.88), (0, -above - 0.004), (0.06, -above * 0.84)]
            opening = [(-half, 0.008), (-0.05, -above * 0.86), (0, -above), (0.06, -above * 0.8), (half, -0.006)]
            opening += [(0.06, below * 0.85), (0, below), (-0.05, below * 0.85)]
            paint(opening, (238, 234, 232))
            white = patch(opening)
            for size, colour in ((0.052, sitter.iris), (0.024, (8.0, 6.0, 6.0))):
                canvas.paint(canvas.patch(ellipse(x, -0.008, size, size)).within(white), colour)
            canvas.paint(canvas.patch(ellipse(x + 0.016, -0.026, 0.011, 0.011)).within(white), (250, 250, 250))
            shadow = [(-half, 0), (0, -above - 0.01), (half, -0.01), (0, -above + 0.03)]
            canvas.tone(
                canvas.patch([(x + side * px, py) for px, py in shadow], 0.008).within(white), (0.6, 0.58, 0.58)
            )
            lashes = [*lid, (half + 0.012, -0.014), (0.06, -above * 0.72 + 0.004), (0, -above + 0.01)]
            paint([*lashes, (-0.05, -above * 0.74)], (28, 20, 20), 0.003)
            rim = [(-half, 0.010), (0, below + 0.002), (half, -0.002), (0, below + 0.009)]
            paint(rim, _shade(sitter.skin, 0.5), 0.003, 0.7)
        else:
            paint([(-half, 0.012), (0, 0.034), (half, 0.004), (0, 0.046)], (34, 24, 24), 0.003, 0.95)
            canvas.tone(canvas.patch(ellipse(x, -0.005, 0.10, 0.035), 0.012), (1.06, 1.04, 1.03))
        fold = [(-half, -above - 0.018), (0, -above - 0.042), (half, -above / 2 - 0.03), (0, -above - 0.034)]
        paint(fold, _shade(sitter.skin, 0.55), 0.004, 0.55)
        up = sitter.brows
        brow = [(-0.13, -0.128), (-0.02, -0.165 + up), (0.08, -0.165 + up), (0.15, -0.12)]
        brow += [(0.06, -0.143 + up), (-0.03, -0.138 + up), (-0.125, -0.098)]
        paint(brow, _shade(sitter.hair, 1.1), 0.006, 0.85)

    def _hair_before(self, top: float, face: Plane) -> None:
        canvas = self.canvas
        line = [(-0.53, 0.02), (-0.5, -0.2), (-0.42, -0.36), (-0.2, -0.44), (0.1, -0.47), (0.36, -0.4), (0.49, -0.22)]
        over = [(0.53, 0.02), (0.56, -0.2), (0.5, -0.5), (0.3, top + 0.06)]
        patch = canvas.patch([*line, *over, (0, top), *mirrored(over[:0:-1], -1)])
        canvas.paint(patch, self.sitter.hair, person=True)
        hair = canvas.whole(patch)
        canvas.tone(canvas.patch(ellipse(-0.12, top * 0.72, 0.22, 0.05, -8), 0.03).within(hair), (2, 2, 2))
        shadow = [(-0.5, -0.2), (-0.4, -0.33), (-0.2, -0.41), (0.1, -0.44), (0.36, -0.37), (0.5, -0.2)]
        shadow += [(0.36, -0.33), (0.1, -0.4), (-0.2, -0.37), (-0.4, -0.29)]
        canvas.tone(canvas.patch(shadow, 0.012).within(face * (1 - hair)), (0.72, 0.68, 0.66))

    def _glasses(self, lens: Colour) -> None:
        """Dark or clear lenses in a thin frame."""
        canvas = self.canvas
        for side in (-1, 1):
            x = self._turned(side * self.sitter.eyes_apart)
            canvas.paint(canvas.patch(ellipse(x, 0.01, 0.175, 0.125)), (20, 20, 24))
            canvas.paint(canvas.patch(ellipse(x, 0.01, 0.165, 0.115)), lens)
        canvas.paint(canvas.patch([(-0.06, -0.03), (0.06, -0.03), (0.06, -0.015), (-0.06, -0.015)]), (20, 20, 24))


def _shade(colour: Colour, factor: float) -> Colour:
    red, green, blue = colour
    return red * factor, green * factor, blue * factor

"""Photos made by code: good ones, and one violation of each clause; for tests and for the tables of the benchmark."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np
from PIL import Image, ImageDraw

from biye.photos.core.drawing.portrait import Portrait, Sitter, draw, invented
from biye.photos.core.windows import Pixels

# The published sample of GB 11643: nobody's number.
NUMBER = "11010519491231002X"
NAME = f"{NUMBER}.JPG"
BLUE = (100, 197, 255)


@cache
def portrait(number: int = 0) -> Portrait:
    """A good portrait of one invented person, with hair that the wall shows through nowhere."""
    return draw(person(number))


def person(number: int = 0) -> Sitter:
    sitter = invented(number)
    return replace(sitter, hair_length=min(sitter.hair_length, 0.25))


def encoded(pixels: Pixels, kind: str = "JPEG", **options: object) -> bytes:
    """A file as a careful photographer would save it, but for what `options` change."""
    buffer = io.BytesIO()
    usual = {"quality": 85, "subsampling": 0, "dpi": (300, 300)} if kind == "JPEG" else {}
    Image.fromarray(pixels).save(buffer, kind, **{**usual, **options})
    return buffer.getvalue()


def good(number: int = 0) -> bytes:
    return encoded(portrait(number).pixels)


@dataclass(frozen=True, slots=True)
class Violation:
    """违规: what is wrong, the check that should see it, and the file."""

    what: str
    check: str
    make: Callable[[int], bytes]
    name: str = NAME


def redrawn(**changes: object) -> Callable[[int], bytes]:
    def make(number: int) -> bytes:
        return encoded(draw(replace(person(number), **changes)).pixels)

    return make


def altered(change: Callable[[Portrait], Pixels]) -> Callable[[int], bytes]:
    return lambda number: encoded(change(portrait(number)))


def saved(**options: object) -> Callable[[int], bytes]:
    return lambda number: encoded(portrait(number).pixels, **options)


def behind(wall: Callable[[int, int], np.ndarray]) -> Callable[[Portrait], Pixels]:
    """The same sitter before another wall."""

    def change(one: Portrait) -> Pixels:
        height, width = one.person.shape
        share = one.person[..., np.newaxis]
        own = one.pixels.astype(np.float32) - np.array(BLUE, np.float32) * (1 - share)
        return np.clip(own + wall(height, width) * (1 - share), 0, 255).astype(np.uint8)

    return change


def plain(*colour: int) -> Callable[[int, int], np.ndarray]:
    return lambda height, width: np.full((height, width, 3), colour, np.float32)


def gradient(change: float) -> Callable[[int, int], np.ndarray]:
    def wall(height: int, width: int) -> np.ndarray:
        tilt = np.linspace(-change, change, height, dtype=np.float32)[:, np.newaxis, np.newaxis]
        return np.clip(plain(*BLUE)(height, width) + tilt, 0, 255)

    return wall


def shadow(depth: float) -> Callable[[int, int], np.ndarray]:
    def wall(height: int, width: int) -> np.ndarray:
        dark = np.zeros((height, width), np.float32)
        cv2.ellipse(dark, (width - 60, 200), (70, 170), 0, 0, 360, 1.0, -1)
        return plain(*BLUE)(height, width) * (1 - depth * cv2.GaussianBlur(dark, (0, 0), 20))[..., np.newaxis]

    return wall


def noise(deviation: float) -> Callable[[int, int], np.ndarray]:
    def wall(height: int, width: int) -> np.ndarray:
        grain = np.random.default_rng(5).normal(0, deviation, (height, width, 3)).astype(np.float32)
        return plain(*BLUE)(height, width) + grain

    return wall


def drawn_on(paint: Callable[[ImageDraw.ImageDraw], None]) -> Callable[[Portrait], Pixels]:
    def change(one: Portrait) -> Pixels:
        picture = Image.fromarray(one.pixels)
        paint(ImageDraw.Draw(picture))
        return np.asarray(picture)

    return change


def resized(width: int, height: int) -> Callable[[Portrait], Pixels]:
    return lambda one: np.asarray(Image.fromarray(one.pixels).resize((width, height)))


def turned(degrees: int) -> Callable[[Portrait], Pixels]:
    return lambda one: np.ascontiguousarray(np.rot90(one.pixels, degrees // 90))


def blurred(one: Portrait) -> Pixels:
    return np.asarray(cv2.GaussianBlur(one.pixels, (0, 0), 4), np.uint8)


def bystander(one: Portrait) -> Pixels:
    """A second, smaller person looks in from the side."""
    picture = one.pixels.copy()
    small = cv2.resize(draw(Sitter(seed=9)).pixels, (180, 240), interpolation=cv2.INTER_AREA)
    picture[20:150, :88] = small[20:150, 46:134]
    return picture


def moved(across: int, down: int) -> Callable[[Portrait], Pixels]:
    """Everything shifted, the edges repeated."""

    def change(one: Portrait) -> Pixels:
        matrix = np.array([[1, 0, across], [0, 1, down]], np.float32)
        size = one.pixels.shape[1::-1]
        return np.asarray(cv2.warpAffine(one.pixels, matrix, size, borderMode=cv2.BORDER_REPLICATE), np.uint8)

    return change


def orientation_mark(number: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(np.rot90(portrait(number).pixels), exif=exif)


def frame(draw_on: ImageDraw.ImageDraw) -> None:
    draw_on.rectangle((0, 0, 479, 639), outline=(255, 255, 255), width=8)


def strip(draw_on: ImageDraw.ImageDraw) -> None:
    draw_on.rectangle((0, 610, 480, 640), fill=(20, 20, 20))


def words(draw_on: ImageDraw.ImageDraw) -> None:
    draw_on.text((12, 14), "SAMPLE 2021", fill=(20, 20, 20), font_size=26)


def logo(draw_on: ImageDraw.ImageDraw) -> None:
    draw_on.ellipse((410, 20, 450, 60), fill=(200, 30, 40))


def lamp(draw_on: ImageDraw.ImageDraw) -> None:
    draw_on.rectangle((0, 40, 50, 300), fill=(90, 70, 50))


VIOLATIONS = (
    Violation("文件名不是证件号码", "file_name", saved(), "张三.JPG"),
    Violation("校验码错", "file_name", saved(), "110105194912310021.JPG"),
    Violation("小写 x", "file_name", saved(), "11010519491231002x.JPG"),
    Violation("全角数字", "file_name", saved(), "１１010519491231002X.JPG"),
    Violation("末尾空格", "file_name", saved(), f"{NUMBER} .JPG"),
    Violation("扩展名 .jpeg", "file_name", saved(), f"{NUMBER}.jpeg"),
    Violation("PNG 改名", "file_format", lambda number: encoded(portrait(number).pixels, "PNG")),
    Violation("WebP 改名", "file_format", lambda number: encoded(portrait(number).pixels, "WEBP")),
    Violation("480×639", "pixel_size", altered(resized(480, 639))),
    Violation("640×480 横放", "pixel_size", altered(turned(90))),
    Violation("960×1280", "pixel_size", altered(resized(960, 1280))),
    Violation("无分辨率", "resolution", saved(dpi=(0, 0))),
    Violation("96 dpi", "resolution", saved(dpi=(96, 96))),
    Violation("灰度", "colour_depth", lambda n: encoded(np.asarray(Image.fromarray(portrait(n).pixels).convert("L")))),
    Violation("品质 59", "quality", saved(quality=59)),
    Violation("品质 40", "quality", saved(quality=40)),
    Violation("文件过大", "file_size", saved(quality=99)),
    Violation("文件过小", "file_size", saved(quality=60, subsampling=2)),
    Violation("方向标记", "orientation", orientation_mark),
    Violation("尾部附加", "trailing_bytes", lambda number: good(number) + b"PK\x03\x04hidden"),
    Violation("两幅图像", "one_picture", lambda number: good(number) + good(number)),
    Violation("背景有人", "one_face", altered(bystander)),
    Violation("没有人", "one_face", lambda _: encoded(np.full((640, 480, 3), BLUE, np.uint8))),
    Violation("转头", "frontal", redrawn(turn=0.42)),
    Violation("微转头", "frontal", redrawn(turn=0.25)),
    Violation("歪头 7°", "level", redrawn(roll=7.0)),
    Violation("倒置", "level", altered(turned(180))),
    Violation("闭眼", "eyes_open", redrawn(lids=0.0)),
    Violation("眯眼", "eyes_open", redrawn(lids=0.1)),
    Violation("张嘴", "mouth_closed", redrawn(lips=0.3)),
    Violation("露齿", "mouth_closed", redrawn(lips=0.18)),
    Violation("偏左 40", "centred", redrawn(middle=200.0)),
    Violation("偏右 20", "centred", redrawn(middle=262.0)),
    Violation("头顶 40", "head_top", redrawn(crown=40.0, eye_line=230.0)),
    Violation("头顶 120", "head_top", redrawn(crown=120.0, eye_line=270.0, face_width=200.0)),
    Violation("头顶出画", "head_top", altered(moved(0, -100))),
    Violation("眼睛 190", "eye_line", redrawn(eye_line=190.0, crown=55.0, face_width=190.0)),
    Violation("眼睛 310", "eye_line", redrawn(eye_line=310.0, crown=105.0)),
    Violation("脸宽 165", "face_width", redrawn(face_width=165.0, crown=105.0)),
    Violation("脸宽 328", "face_width", redrawn(face_width=328.0, crown=55.0, eye_line=290.0)),
    Violation("白底", "background_colour", altered(behind(plain(255, 255, 255)))),
    Violation("深蓝底", "background_colour", altered(behind(plain(67, 142, 219)))),
    Violation("红底", "background_colour", altered(behind(plain(220, 40, 40)))),
    Violation("噪点", "background_evenness", altered(behind(noise(8)))),
    Violation("渐变 ±15", "background_gradient", altered(behind(gradient(15)))),
    Violation("渐变 ±40", "background_gradient", altered(behind(gradient(40)))),
    Violation("阴影 10%", "background_shadow", altered(behind(shadow(0.10)))),
    Violation("阴影 25%", "background_shadow", altered(behind(shadow(0.25)))),
    Violation("背景有物", "background_objects", altered(drawn_on(lamp))),
    Violation("标志", "background_objects", altered(drawn_on(logo))),
    Violation("边框", "border", altered(drawn_on(frame))),
    Violation("底边黑条", "border", altered(drawn_on(strip))),
    Violation("文字", "lettering", altered(drawn_on(words))),
    Violation("深色上衣", "white_top", redrawn(shirt=(40, 44, 60))),
    Violation("歪肩 9°", "shoulders", redrawn(lean=9.0)),
    Violation("模糊", "sharpness", altered(blurred)),
    Violation("过暗", "exposure", altered(lambda one: (one.pixels * 0.3).astype(np.uint8))),
)

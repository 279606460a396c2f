"""一张照片的问题: what a person is asked about a photo that is kept."""

from biye.photos.core import questions, storing
from biye.photos.core.questions import Asked
from biye.photos.models.photo import Photo
from biye.photos.queries.specifications import specification_of


def questions_of(photo: Photo) -> tuple[Asked, ...]:
    """The fixed ones, and what the checks left open on this photo."""
    specification = specification_of(photo.specification)
    findings = storing.unpacked(photo.findings, specification)
    return questions.asked(specification, findings, is_compared=photo.likeness is not None)


def labels_of(photo: Photo, names: list[str]) -> list[str]:
    """What questions were called."""
    specification = specification_of(photo.specification)
    return [questions.label_of(name, specification) for name in names]

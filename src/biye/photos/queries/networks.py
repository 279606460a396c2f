"""网络的共用: the networks of this process, for one thread at a time; none where a model file is missing or altered."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock

import structlog
from django.conf import settings

from biye.foundation.errors import Reason, Refused
from biye.photos.core import carriers
from biye.photos.core.networks import Networks

log = structlog.get_logger()
_ONE_AT_A_TIME = Lock()


@contextmanager
def networks() -> Iterator[Networks | None]:
    """The networks, or None: then what needs them is left open (待核实) and the rest of the site goes on."""
    with _ONE_AT_A_TIME:
        yield _loaded(_folder())[0]


def missing() -> tuple[Reason, ...]:
    """Why there are no networks; nothing where there are."""
    with _ONE_AT_A_TIME:
        return _loaded(_folder())[1]


def _folder() -> Path:
    return Path(settings.PHOTO_MODELS or carriers.usual_folder())


@cache
def _loaded(folder: Path) -> tuple[Networks | None, tuple[Reason, ...]]:
    try:
        return Networks(folder), ()
    except Refused as refused:
        log.warning("photo models are not usable", reasons=[(one.code, one.details) for one in refused.reasons])
        return None, refused.reasons

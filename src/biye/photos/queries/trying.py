"""试检: a picture tried before anybody is paid; nothing of it is kept."""

from dataclasses import dataclass

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.foundation.errors import Reason, Refused
from biye.photos.core.check import Roster
from biye.photos.core.examination import Examination, examine
from biye.photos.core.reports import Row, examined
from biye.photos.core.specification import Specification
from biye.photos.core.standard.making import Made, make
from biye.photos.queries.networks import missing, networks
from biye.photos.queries.specifications import specification_of

# A telephone names its pictures itself; what a file is called is asked when it is handed in.
_NOT_TRIED = ("file_name",)


@dataclass(frozen=True, slots=True)
class Tried:
    """试检结果: the examination with its lines, and the same as rows of plain words; why parts were left open."""

    examination: Examination
    row: Row
    missing: tuple[Reason, ...]


def try_photo(asker: Asker, data: bytes, name: str, stem: str) -> Tried | None:
    """Check one picture by a specification; None without the permission."""
    if not asker.may(Permission.TRY_PHOTO):
        return None
    specification = _without_name(specification_of(stem))
    with networks() as loaded:
        found = examine(data, name, specification, loaded, Roster())
    return Tried(found, examined(found, specification), missing())


def try_making(asker: Asker, data: bytes, name: str, stem: str) -> Made | None:
    """A compliant photo from one picture, to take away; None without the permission.

    Refused: why it cannot honestly be made, or no model files.
    """
    if not asker.may(Permission.TRY_PHOTO):
        return None
    specification = specification_of(stem)
    with networks() as loaded:
        if loaded is not None:
            return make(data, name, specification, loaded, made_name=name)
    raise Refused(*missing())


def _without_name(specification: Specification) -> Specification:
    dropped = dict.fromkeys(_NOT_TRIED)
    return specification.model_copy(update={"checks": specification.checks.model_copy(update=dropped)})

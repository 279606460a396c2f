"""试检照片: a picture checked at once, with lines drawn over it and one sentence a rule; nothing of it is kept."""

from base64 import b64encode
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from biye.accounts.core.asker import Asker
from biye.accounts.core.permissions import Permission
from biye.foundation.errors import Refused
from biye.photos.core import sentences
from biye.photos.core.answers import Answer
from biye.photos.core.overlay import Overlay
from biye.photos.core.standard.making import MADE_HERE
from biye.photos.queries.remarks import Remark
from biye.photos.queries.specifications import specification_of, specifications_of
from biye.photos.queries.trying import Tried, TriedMaking, try_making, try_photo
from biye.seasons.queries.seasons import newest_season
from biye.web.shared.frame import show
from biye.web.shared.pages import PageRequest, existing, page
from biye.web.student.conclusion import own
from biye.web.student.photo import deadline_of
from biye.web.student.photo_forms import MAKE, PhotoTryForm


@dataclass(frozen=True, slots=True)
class Result:
    """结果 as the page shows it. `picture` is drawn anew from the pixels, never what was uploaded."""

    picture: str
    overlay: Overlay | None
    remarks: tuple[Remark, ...]
    mendable: frozenset[str] = frozenset()
    refused: tuple[str, ...] = ()
    unframed: tuple[str, ...] = ()
    not_made: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    is_without_models: bool = False

    def _of(self, answer: Answer) -> list[Remark]:
        return [one for one in self.remarks if one.answer is answer and not one.is_question]

    @property
    def fails(self) -> list[Remark]:
        return self._of(Answer.FAIL)

    @property
    def looks(self) -> list[Remark]:
        return self._of(Answer.REVIEW)

    @property
    def passes(self) -> list[Remark]:
        return self._of(Answer.PASS)

    @property
    def unassessed(self) -> list[Remark]:
        return self._of(Answer.UNASSESSED)

    @property
    def questions(self) -> list[Remark]:
        """What no machine here sees."""
        return [one for one in self.remarks if one.is_question]


@page(Permission.TRY_PHOTO, "GET", "POST")
def try_out(request: PageRequest) -> HttpResponse:
    """试检; with a picture sent, its result. A page that asks for the result only is given that."""
    card, season = own(request), newest_season(request.asker)
    specifications = specifications_of(season.stem) if season else []
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PhotoTryForm(*sent, specifications=specifications)
    context = {
        "at": request.at,
        "card": card,
        "form": form,
        "specifications": specifications,
        "standardises": any(specification_of(stem).standardise for stem, _ in specifications),
        "deadline": deadline_of(season, request.at),
        "result": result_of(request.asker, form) if form.is_bound and form.is_valid() else None,
    }
    if request.headers.get("HX-Request"):
        return render(request, "student/photo_tried.html", context)
    return show(request, "student/photo_try.html", "photo", context, season=season)


def result_of(asker: Asker, form: PhotoTryForm) -> Result:
    """What became of the picture that was sent."""
    said = form.cleaned_data
    data, name, stem = said["picture"].read(), said["picture"].name or "", said["stem"]
    not_made: tuple[str, ...] = ()
    if said["act"] == MAKE:
        try:
            return _made(existing(try_making(asker, data, name, stem)))
        except Refused as refused:
            not_made = tuple(map(sentences.refusal, refused.reasons))
    tried = existing(try_photo(asker, data, name, stem))
    return _tried(tried, not_made, may_make=specification_of(stem).standardise)


def _made(found: TriedMaking) -> Result:
    return Result(
        picture=_shown(found.made.data),
        overlay=found.overlay,
        remarks=found.remarks,
        operations=tuple(map(sentences.operation, found.made.operations)),
    )


def _tried(found: Tried, not_made: tuple[str, ...], *, may_make: bool) -> Result:
    is_framed = found.overlay is not None and found.overlay.frame is not None
    return Result(
        picture=_shown(found.picture),
        overlay=found.overlay,
        remarks=found.remarks,
        mendable=frozenset(MADE_HERE) if may_make and is_framed and not not_made else frozenset(),
        refused=tuple(map(sentences.refusal, found.refused)),
        unframed=tuple(map(sentences.refusal, found.unframed)),
        not_made=not_made,
        is_without_models=bool(found.missing),
    )


def _shown(picture: bytes) -> str:
    """A picture that stands in the page itself, so that nothing of it needs to be kept."""
    return f"data:image/jpeg;base64,{b64encode(picture).decode()}" if picture else ""

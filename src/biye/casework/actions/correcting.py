"""关键字段修改: begun and evidenced by the student or entered from paper, checked by the centre, decided by the college."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import within
from biye.casework.actions.acting import act_on
from biye.casework.actions.drafting import WRITABLE, begin, write_draft
from biye.casework.actions.following_up import ask_for_follow_up
from biye.casework.core.evidence import Asked, Cause, missing, needed, problems, tidy, values_of, warnings
from biye.casework.core.fields import BIRTH, ETHNICITY, NAME, NUMBER, PHOTO, SEX
from biye.casework.core.figures import typed
from biye.casework.core.transitions import Guard
from biye.casework.core.words import Event, Kind, State
from biye.casework.models.case import Case, CaseFile
from biye.casework.queries.record_sheets import RecordSheet, correction_route, record_sheet
from biye.foundation.errors import Reason, Refused
from biye.foundation.identity import mask
from biye.foundation.moments import CHINA
from biye.records.actions.corrections import correct_record
from biye.seasons.core.season import RouteSpec, Season
from biye.seasons.models.season import Season as SeasonRow
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import season_file

CHECKED = "checked"
"""In a form: evidence whose original the centre has held in its hands."""
NEEDS = "needs"
"""In a form: the evidence that the school asks for."""
REMARKS = "remarks"
"""In a form: what whoever checks the evidence should look at, as codes."""
_COLUMNS = {NAME: "name", SEX: "sex", BIRTH: "birth_date", ETHNICITY: "ethnicity", NUMBER: "identity_number"}


def write_correction(
    season_id: int,
    student_no: str,
    field: str,
    *,
    new: str,
    cause: Cause | None,
    changed_on: date | None,
    explanation: str,
    by: Asker,
    at: datetime,
) -> Case:
    """填写修改申请 for one key field; kept as it is, complete or not, until it is handed in.

    Refused: no_such_student, correction_not_a_key_field, correction_open_already.
    """
    with transaction.atomic():
        season, sheet = _season(season_id), _sheet(season_id, student_no, by, at)
        route = correction_route(season)
        if route is None or field not in route.key_fields:
            raise Refused(Reason("correction_not_a_key_field", {"field": field or "（未选择）"}))
        office = route.office or ""
        case = begin(season_id, student_no, Kind.CORRECTION, by=by, at=at, about=field, office=office)
        if State(case.state) not in WRITABLE:
            raise Refused(Reason("correction_open_already", {"field": field}))
        asked = Asked(field, values_of(field, sheet.record), tidy(field, new), cause, changed_on, explanation.strip())
        beside = {NEEDS: list(needed(field, route.evidence)), REMARKS: list(warnings(asked, sheet.record))}
        return write_draft(case, {**case.form, **asked.form, **beside}, by=by, at=at)


def submit_correction(case_id: int, *, seen: int | None = None, by: Asker, at: datetime) -> Case:
    """提交修改申请. Sent twice, it counts once.

    Refused: everything that is missing, and what the transition table says.
    """
    with transaction.atomic():
        case = _mine(case_id, by)
        if State(case.state) is State.SUBMITTED:
            return case
        season = _season(case.season_id)
        reasons = _incomplete(case, season, at)
        given = set(case.files.filter(purpose=CaseFile.Purpose.EVIDENCE).values_list("label", flat=True))
        if lacking := missing(case.about, _listed(season), given):
            reasons.append(Reason("evidence_still_missing", {"items": "、".join(lacking)}))
        if reasons:
            raise Refused(*reasons)
        holds = (Guard.FORM_COMPLETE, Guard.EVIDENCE_COMPLETE)
        return act_on(case.pk, Event.SUBMIT, by=by, at=at, seen=seen, holds=holds)


def enter_correction(case_id: int, checked: Collection[str], *, by: Asker, at: datetime) -> Case:
    """按纸质材料代录: the centre holds the signed application and every original.

    Refused: what is missing in the application, evidence_not_checked, and what the transition table says.
    """
    with transaction.atomic():
        case = _mine(case_id, by)
        reasons = _incomplete(case, _season(case.season_id), at) + _unchecked(case, checked)
        if reasons:
            raise Refused(*reasons)
        form, holds = {**case.form, CHECKED: sorted(checked)}, (Guard.FORM_COMPLETE, Guard.EVIDENCE_COMPLETE)
        return act_on(case.pk, Event.ENTER_FROM_PAPER, by=by, at=at, form=form, holds=holds)


def forward_correction(
    case_id: int, checked: Collection[str], *, seen: int | None = None, reason: str = "", by: Asker, at: datetime
) -> Case:
    """上报学院, once every piece of evidence was held against its original. Refused: evidence_not_checked, …"""
    with transaction.atomic():
        case = _mine(case_id, by)
        if reasons := _unchecked(case, checked):
            raise Refused(*reasons)
        form = {**case.form, CHECKED: sorted(checked)}
        return act_on(case.pk, Event.FORWARD, by=by, at=at, seen=seen, reason=reason, form=form)


def approve_correction(case_id: int, *, seen: int | None = None, reason: str = "", by: Asker, at: datetime) -> Case:
    """同意修改: decided, written into the record, and the student audited again, all or nothing.

    Refused: record_changed_meanwhile, and what the transition table says.
    """
    with transaction.atomic():
        case = _mine(case_id, by)
        asked = Asked.of(case.form)
        done = act_on(case.pk, Event.APPROVE, by=by, at=at, seen=seen, reason=reason)
        if asked.field != PHOTO:
            correct_record(
                case.student_id,
                _COLUMNS[asked.field],
                typed(asked.field, asked.new),
                seen=typed(asked.field, asked.old),
                by=by.actor,
                at=at,
                reason=reason,
            )
            before, after = (mask(text) if asked.field == NUMBER else text for text in (asked.old, asked.new))
            ask_for_follow_up(done, asked.field, before, after, by=by, at=at)
    return done


def _incomplete(case: Case, season: Season, at: datetime) -> list[Reason]:
    route = correction_route(season)
    officers = school().identity.officer_numbers
    asked, today = Asked.of(case.form), at.astimezone(CHINA).date()
    return list(problems(asked, route.key_fields if route else (), today=today, officer_numbers=officers))


def _unchecked(case: Case, checked: Collection[str]) -> list[Reason]:
    lacking = [item for item in needed(case.about, _listed(_season(case.season_id))) if item not in checked]
    return [Reason("evidence_not_checked", {"items": "、".join(lacking)})] if lacking else []


def _listed(season: Season) -> Mapping[str, tuple[str, ...]]:
    route: RouteSpec | None = correction_route(season)
    return route.evidence if route else {}


def _mine(case_id: int, by: Asker) -> Case:
    """A correction within the scope, its row held."""
    found = within(by, Case.objects.select_for_update(of=("self",)).filter(pk=case_id, kind=Kind.CORRECTION)).first()
    if found is None:
        raise Refused(Reason("no_such_case"))
    return found


def _season(season_id: int) -> Season:
    return season_file(SeasonRow.objects.get(pk=season_id).stem)


def _sheet(season_id: int, student_no: str, by: Asker, at: datetime) -> RecordSheet:
    sheet = record_sheet(by, _season(season_id), student_no, at.astimezone(CHINA).date())
    if sheet is None:
        raise Refused(Reason("no_such_student"))
    return sheet

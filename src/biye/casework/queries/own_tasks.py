"""我的事: what one student still has to do in a season, from the published conclusion, the photo and the student's cases."""

from datetime import datetime

from biye.accounts.core.asker import Asker
from biye.accounts.queries.scope import students_of
from biye.audit.core.explain.document import explanation
from biye.audit.queries.explained import published
from biye.casework.core.tasks import Known, Matter, Task, tasks
from biye.casework.core.words import Event, Kind, State
from biye.casework.queries.cases import CaseView, cases_of
from biye.casework.queries.shown_documents import has_seen, shown_to, signed_by
from biye.photos.core.states import state_of
from biye.photos.queries.student_photos import chsi_of, handling_of, known_of
from biye.records.models.student import Student
from biye.seasons.core.season import Season as SeasonFile
from biye.seasons.queries.people import people_q
from biye.seasons.queries.schools import school
from biye.seasons.queries.seasons import SeasonRow, season_file

_BACK = (Event.RETURN, Event.PROPOSE, Event.ANNOUNCE, Event.REJECT)


def tasks_of(asker: Asker, season: SeasonRow, student_no: str, at: datetime) -> tuple[Task, ...]:
    """Cards of one student within the scope, the most urgent first; none where there is nobody of that number."""
    related = ("centre", "chsi_photo", "photo_handling")
    student = students_of(asker).select_related(*related).filter(student_no=student_no).first()
    if student is None:
        return ()
    file = season_file(season.stem)
    return tasks(file, school(), _known(asker, season, file, student), at)


def _known(asker: Asker, season: SeasonRow, file: SeasonFile, student: Student) -> Known:
    found = published(asker, season.id, student.student_no)
    chsi = chsi_of(student)
    now = shown_to(asker, season.id, student.student_no) if found else None
    cases = cases_of(asker, season.id, student.student_no)
    signs = any(case.kind is Kind.SIGN_OFF and case.state is not State.OPEN for case in cases)
    signed = signed_by(asker, season.id, student.student_no, now) if signs else None
    return Known(
        explanation=explanation(found[1]) if found else None,
        matters=tuple(_matter(case) for case in cases),
        photo=state_of(known_of(chsi, handling_of(student)), school().photo.comparison),
        comparison=chsi.comparison if chsi is not None else "",
        seen=now is not None and has_seen(asker, season.id, student.student_no, now.mark),
        changed=signed.changed if signed is not None and not signed.is_current else (),
        not_for=_not_for(file, student),
    )


def _matter(case: CaseView) -> Matter:
    back = next((step.reason for step in reversed(case.history) if step.event in _BACK), "")
    return Matter(case.kind, case.state, case.about, case.closing, back)


def _not_for(file: SeasonFile, student: Student) -> frozenset[str]:
    """Tasks that the season's file keeps for other people; whoever may be meant is asked."""
    alone = Student.objects.filter(pk=student.pk)
    return frozenset(
        name
        for name, spec in file.tasks.items()
        if spec.for_ is not None and not alone.filter(people_q(spec.for_)).exists()
    )

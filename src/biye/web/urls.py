"""网址: where every page of the three portals stands."""

from django.urls import URLPattern, URLResolver, include, path

from biye.web.shared import (
    bulk_acts,
    case_files,
    cases,
    identity,
    messages,
    preview,
    reminding,
    seats,
    student,
    students,
    what_if,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", seats.landing, name="landing"),
    path("seat/", seats.choose, name="choose_seat"),
    path("students/<str:student_no>/identity/", identity.reveal, name="reveal_identity"),
    path("seasons/<str:stem>/students/", students.listed, name="students"),
    path("seasons/<str:stem>/export/", students.export, name="students_export"),
    path("seasons/<str:stem>/students/<str:student_no>/", student.one, name="student"),
    path("seasons/<str:stem>/students/<str:student_no>/what-if/", what_if.of_student, name="student_what_if"),
    path("seasons/<str:stem>/cases/", cases.listed, name="cases"),
    path("seasons/<str:stem>/cases/bulk/", bulk_acts.begin, name="cases_bulk"),
    path("seasons/<str:stem>/preview/", preview.season, name="season_preview"),
    path("cases/<int:case_id>/", cases.one, name="case"),
    path("cases/<int:case_id>/act/", cases.act, name="case_act"),
    path("cases/files/<int:file_id>/", case_files.download, name="case_file"),
    path("cases/bulk/<int:bulk_id>/", bulk_acts.one, name="bulk_act"),
    path("cases/bulk/<int:bulk_id>/undo/", bulk_acts.undo, name="bulk_act_undo"),
    path("seasons/<str:stem>/sent/", reminding.sent_messages, name="sent_messages"),
    path("seasons/<str:stem>/remind/", reminding.remind, name="remind"),
    path("seasons/<str:stem>/remind/due/", reminding.remind_due, name="remind_due"),
    path("", include("biye.web.shared.case_correction_urls")),
    path("", include("biye.web.shared.photo_urls")),
    path("messages/", messages.listed, name="messages"),
    path("messages/<int:job_id>/", messages.one, name="message"),
    path("messages/<int:job_id>/cancel/", messages.cancel, name="message_cancel"),
    path("messages/<int:job_id>/retry/", messages.retry, name="message_retry"),
    path("messages/<int:job_id>/file/", messages.download, name="message_download"),
    path("my/", include("biye.web.student.urls")),
    path("centre/", include("biye.web.centre.urls")),
    path("college/", include("biye.web.college.urls")),
]

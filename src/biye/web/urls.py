"""网址: where every page of the three portals stands."""

from django.urls import URLPattern, URLResolver, include, path

from biye.web.shared import identity, messages, seats, student, students, what_if

urlpatterns: list[URLPattern | URLResolver] = [
    path("", seats.landing, name="landing"),
    path("seat/", seats.choose, name="choose_seat"),
    path("students/<str:student_no>/identity/", identity.reveal, name="reveal_identity"),
    path("seasons/<str:stem>/students/", students.listed, name="students"),
    path("seasons/<str:stem>/export/", students.export, name="students_export"),
    path("seasons/<str:stem>/students/<str:student_no>/", student.one, name="student"),
    path("seasons/<str:stem>/students/<str:student_no>/what-if/", what_if.of_student, name="student_what_if"),
    path("messages/", messages.listed, name="messages"),
    path("messages/<int:job_id>/", messages.one, name="message"),
    path("messages/<int:job_id>/cancel/", messages.cancel, name="message_cancel"),
    path("messages/<int:job_id>/retry/", messages.retry, name="message_retry"),
    path("messages/<int:job_id>/file/", messages.download, name="message_download"),
    path("my/", include("biye.web.student.urls")),
    path("centre/", include("biye.web.centre.urls")),
    path("college/", include("biye.web.college.urls")),
]

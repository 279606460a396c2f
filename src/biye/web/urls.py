"""网址: where every page of the three portals stands."""

from django.urls import URLPattern, URLResolver, include, path

from biye.web.shared import identity, messages, seats

urlpatterns: list[URLPattern | URLResolver] = [
    path("", seats.landing, name="landing"),
    path("seat/", seats.choose, name="choose_seat"),
    path("students/<str:student_no>/identity/", identity.reveal, name="reveal_identity"),
    path("messages/", messages.listed, name="messages"),
    path("messages/<int:job_id>/", messages.one, name="message"),
    path("messages/<int:job_id>/cancel/", messages.cancel, name="message_cancel"),
    path("messages/<int:job_id>/retry/", messages.retry, name="message_retry"),
    path("messages/<int:job_id>/file/", messages.download, name="message_download"),
    path("my/", include("biye.web.student.urls")),
    path("centre/", include("biye.web.centre.urls")),
    path("college/", include("biye.web.college.urls")),
]

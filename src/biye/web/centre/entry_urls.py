"""网址: 学习中心端 — 代录."""

from django.urls import URLPattern, path

from biye.web.centre import entries

urlpatterns: list[URLPattern] = [
    path("seasons/<str:stem>/students/<str:student_no>/entries/", entries.one, name="centre_entries"),
    path("seasons/<str:stem>/students/<str:student_no>/entries/correction/", entries.correct, name="centre_correction"),
    path(
        "seasons/<str:stem>/students/<str:student_no>/entries/objection/", entries.object_for, name="centre_objection"
    ),
]

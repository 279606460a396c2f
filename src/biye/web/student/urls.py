"""网址: 学生端."""

from django.urls import URLPattern, path

from biye.web.student import choice_urls, conclusion, home, inbox, photo, photo_try, record_urls

urlpatterns: list[URLPattern] = [
    path("", home.home, name="student_home"),
    path("conclusion/", conclusion.conclusion, name="student_conclusion"),
    path("conclusion/what-if/", conclusion.what_if, name="student_own_what_if"),
    path("messages/", inbox.listed, name="student_messages"),
    path("photo/", photo.photo, name="student_photo"),
    path("photo/try/", photo_try.try_out, name="student_photo_try"),
    *record_urls.urlpatterns,
    *choice_urls.urlpatterns,
]

"""网址: 学生端."""

from django.urls import URLPattern, path

from biye.web.student import conclusion, home

urlpatterns: list[URLPattern] = [
    path("", home.home, name="student_home"),
    path("conclusion/", conclusion.conclusion, name="student_conclusion"),
    path("conclusion/what-if/", conclusion.what_if, name="student_own_what_if"),
]

"""网址: 学生端."""

from django.urls import URLPattern, path

from biye.web.student import home

urlpatterns: list[URLPattern] = [
    path("", home.home, name="student_home"),
]

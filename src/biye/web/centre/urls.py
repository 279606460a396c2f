"""网址: 学习中心端."""

from django.urls import URLPattern, path

from biye.web.centre import roster

urlpatterns: list[URLPattern] = [
    path("", roster.listed, name="centre_roster"),
]

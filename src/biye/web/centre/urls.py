"""网址: 学习中心端."""

from django.urls import URLPattern, path

from biye.web.centre import home

urlpatterns: list[URLPattern] = [
    path("", home.home, name="centre_home"),
]

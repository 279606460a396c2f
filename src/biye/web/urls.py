"""网址: where every page of the three portals stands."""

from django.urls import URLPattern, URLResolver, include, path

from biye.web.shared import seats

urlpatterns: list[URLPattern | URLResolver] = [
    path("", seats.landing, name="landing"),
    path("seat/", seats.choose, name="choose_seat"),
    path("my/", include("biye.web.student.urls")),
    path("centre/", include("biye.web.centre.urls")),
    path("college/", include("biye.web.college.urls")),
]

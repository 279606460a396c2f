"""网址: 学习中心端."""

from django.urls import URLPattern, path

from biye.web.centre import check_list, entering, entry_urls, fees, home, papers, signing

urlpatterns: list[URLPattern] = [
    path("", home.home, name="centre_home"),
    path("nudge/", home.nudge, name="centre_nudge"),
    path("seasons/<str:stem>/papers/", papers.papers, name="centre_papers"),
    path("seasons/<str:stem>/papers/receive/", papers.receive, name="centre_receive"),
    path("papers/<int:case_id>/undo/", papers.undo, name="centre_paper_undo"),
    path("seasons/<str:stem>/check-list/", check_list.printed, name="centre_check_list"),
    path("seasons/<str:stem>/fees/", fees.listed, name="centre_fees"),
    path("seasons/<str:stem>/fees/mark/", fees.mark, name="centre_fees_mark"),
    path("seasons/<str:stem>/sign/<str:student_no>/", signing.sign, name="centre_sign"),
    path("seasons/<str:stem>/sign/<str:student_no>/record/", signing.confirm, name="centre_confirm"),
    path("seasons/<str:stem>/sign/<str:student_no>/witness/", signing.witness, name="centre_witness"),
    path("seasons/<str:stem>/enter/<str:student_no>/", entering.enter, name="centre_enter"),
    path("seasons/<str:stem>/enter/<str:student_no>/appraisal/", entering.appraisal, name="centre_enter_appraisal"),
    path(
        "seasons/<str:stem>/enter/<str:student_no>/<str:kind>/",
        entering.application,
        name="centre_enter_application",
    ),
    *entry_urls.urlpatterns,
]

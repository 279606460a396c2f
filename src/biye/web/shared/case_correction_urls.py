"""网址: 核对、修改与异议的办理."""

from django.urls import URLPattern, path

from biye.web.shared import case_corrections

urlpatterns: list[URLPattern] = [
    path("cases/<int:case_id>/correction/forward/", case_corrections.forward, name="case_correction_forward"),
    path("cases/<int:case_id>/correction/approve/", case_corrections.approve, name="case_correction_approve"),
    path("cases/<int:case_id>/correction/numbers/", case_corrections.reveal, name="case_correction_numbers"),
    path("cases/<int:case_id>/objection/uphold/", case_corrections.uphold, name="case_objection_uphold"),
]

"""网址: 学生端 — 选择、签字、申请、自我鉴定."""

from django.urls import URLPattern, path

from biye.web.student import application, appraisal, degree, sign

urlpatterns: list[URLPattern] = [
    path("sign/", sign.sign_off, name="student_sign"),
    path("sign/upload/", sign.upload, name="student_sign_upload"),
    path("sign/sheet/", sign.sheet, name="student_sign_sheet"),
    path("applications/<str:kind>/", application.application, name="student_application"),
    path("applications/<str:kind>/withdraw/", application.withdraw_it, name="student_application_withdraw"),
    path("applications/<str:kind>/sheet/", application.sheet, name="student_application_sheet"),
    path("degree/", degree.degree, name="student_degree"),
    path("appraisal/", appraisal.appraisal, name="student_appraisal"),
    path("appraisal/save/", appraisal.save, name="student_appraisal_save"),
    path("appraisal/reopen/", appraisal.reopen, name="student_appraisal_reopen"),
    path("appraisal/preview/", appraisal.preview, name="student_appraisal_preview"),
]

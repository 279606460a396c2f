"""网址: 学生端 — 核对、修改与异议."""

from django.urls import URLPattern, path

from biye.web.student import case_uploads, correction, courses, objection, public_notice, record

urlpatterns: list[URLPattern] = [
    path("record/", record.record, name="student_record"),
    path("record/answers/", record.answer, name="student_record_answers"),
    path("record/own/", record.save_own, name="student_record_own"),
    path("courses/", courses.courses, name="student_courses"),
    path("corrections/new/", correction.begin, name="student_correction_begin"),
    path("corrections/<int:case_id>/", correction.one, name="student_correction"),
    path("corrections/<int:case_id>/submit/", correction.submit, name="student_correction_submit"),
    path("corrections/<int:case_id>/withdraw/", correction.withdraw, name="student_correction_withdraw"),
    path("notice/", public_notice.public_notice, name="student_public_notice"),
    path("objections/", objection.listed, name="student_objections"),
    path("objections/new/", objection.begin, name="student_objection_begin"),
    path("objections/<int:case_id>/", objection.one, name="student_objection"),
    path("objections/<int:case_id>/withdraw/", objection.withdraw, name="student_objection_withdraw"),
    path("cases/<int:case_id>/files/", case_uploads.keep, name="student_file_keep"),
    path("files/<int:file_id>/remove/", case_uploads.remove, name="student_file_remove"),
]

"""网址: photos, for the college and for centres."""

from django.urls import URLPattern, path

from biye.web.shared import photo_desk, photo_paper, photo_student, photo_uploads, photos

SEASON = "seasons/<str:stem>/photos/"
STUDENT = f"{SEASON}students/<str:student_no>/"

urlpatterns: list[URLPattern] = [
    path(SEASON, photos.overview, name="photos"),
    path(f"{SEASON}students/", photos.students, name="photo_students"),
    path(f"{SEASON}retakes/", photos.retakes, name="photo_retakes"),
    path(f"{SEASON}upload/", photo_uploads.upload, name="photo_upload"),
    path(f"{SEASON}paper/", photo_paper.receive, name="photo_paper"),
    path(f"{SEASON}desk/", photo_desk.begin, name="photo_desk"),
    path(f"{SEASON}desk/<int:photo_id>/", photo_desk.one, name="photo_desk_one"),
    path(f"{SEASON}desk/<int:photo_id>/decide/", photo_desk.decide, name="photo_decide"),
    path(f"{SEASON}desk/<int:photo_id>/undo/", photo_desk.undo, name="photo_undo"),
    path(STUDENT, photo_student.one, name="photo_student"),
    path(f"{STUDENT}upload/", photo_student.upload, name="photo_student_upload"),
    path(f"{STUDENT}standardise/", photo_student.standardise, name="photo_standardise"),
    path(f"{STUDENT}restore/", photo_student.restore, name="photo_restore"),
    path(f"{STUDENT}handle/", photo_student.handle, name="photo_handle"),
    path(f"{STUDENT}review/", photo_student.review, name="photo_review"),
    path("photos/<int:photo_id>/picture/", photos.picture, name="photo_picture"),
    path("photos/uploads/<int:job_id>/", photo_uploads.report, name="photo_upload_report"),
]

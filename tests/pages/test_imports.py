"""导入页: what a person sees between dropping sheets and taking them back."""

from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from biye.machinery.exchange.models.batch import ImportBatch
from biye.machinery.jobs.models.job import Job
from biye.records.models.facts import Result
from biye.records.models.student import Student
from tests.pages.conftest import Post
from tests.pages.people import People, signed_in
from tests.workbooks import school_files, text_file

BAD = text_file((("学号", "姓名", "课程代码", "成绩"), ("2001", "张三", "A9", "九十"), ("9999", "无此人", "A1", "80")))


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def upload(post: Post, people: People, *more: tuple[str, bytes]) -> ImportBatch:
    files = [SimpleUploadedFile(name, content) for name, content in (*school_files(), *more)]
    answer = post(signed_in(people.college), "/college/imports/", {"files": files})
    batch = ImportBatch.objects.latest("id")
    assert answer.headers["Location"] == f"/college/imports/{batch.pk}/"
    return batch


def test_what_was_understood_is_shown_and_nothing_is_written(people: People, post: Post) -> None:
    batch = upload(post, people, ("更多成绩.csv", BAD))
    page = text(signed_in(people.college).get(f"/college/imports/{batch.pk}/"))
    assert "已核对，待导入" in page
    assert "第 2 行「成绩」是“九十”，不是成绩" in page
    assert "学号“9999”不在学生表中" in page
    assert Student.objects.filter(student_no__startswith="200").exclude(student_no__startswith="2020").count() == 0


def test_only_problems_of_the_severity_asked_for(people: People, post: Post) -> None:
    batch = upload(post, people, ("更多成绩.csv", BAD))
    client = signed_in(people.college)
    page = text(client.get(f"/college/imports/{batch.pk}/?severity=note"))
    assert "“九十”，不是成绩" not in page


def test_a_batch_is_shown_in_a_constant_number_of_queries(
    people: People, post: Post, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    batch = upload(post, people, ("更多成绩.csv", BAD))
    client = signed_in(people.college)
    with django_assert_num_queries(8):
        client.get(f"/college/imports/{batch.pk}/")


def test_good_rows_go_in_bad_ones_come_back_and_all_can_be_undone(people: People, post: Post) -> None:
    batch = upload(post, people, ("更多成绩.csv", BAD))
    client, address = signed_in(people.college), f"/college/imports/{batch.pk}/"
    post(client, f"{address}accept/", {"include_asked": "on"})
    assert (Student.objects.filter(student_no="2001").count(), Result.objects.count()) == (1, 4)
    mend = b"".join(client.get(f"{address}mend/"))
    assert mend.startswith(b"PK")
    refused = post(client, f"{address}undo/", {"reason": ""})
    assert Result.objects.count() == 4
    assert refused.headers["Location"] == address
    post(client, f"{address}undo/", {"reason": "传错了学年"})
    assert (Student.objects.filter(student_no="2001").count(), Result.objects.count()) == (0, 0)
    assert "已撤销" in text(client.get(address))


def test_a_sheet_may_be_left_out_by_choice(people: People, post: Post) -> None:
    batch = upload(post, people)
    client = signed_in(people.college)
    said = {"place": "成绩.xlsx/成绩", "kind": "skip", "coverage": "", "part": ""}
    post(client, f"/college/imports/{batch.pk}/reading/", said)
    batch.refresh_from_db()
    assert (batch.state, "results" in batch.counts["tables"]) == ("checked", False)


def test_a_discarded_upload_writes_nothing_and_cannot_be_accepted(people: People, post: Post) -> None:
    batch = upload(post, people)
    client = signed_in(people.college)
    post(client, f"/college/imports/{batch.pk}/discard/")
    post(client, f"/college/imports/{batch.pk}/accept/")
    job = Job.objects.latest("id")
    assert (job.state, Result.objects.count()) == ("failed", 0)
    assert "这次上传已放弃，不能再改。" in text(client.get(f"/messages/{job.pk}/"))


def test_no_file_is_asked_for_in_words(people: People, post: Post) -> None:
    page = text(post(signed_in(people.college), "/college/imports/"))
    assert ("请填写此项。" in page, ImportBatch.objects.count()) == (
        True,
        0,
    )


def test_a_teacher_of_a_centre_finds_no_imports(people: People, post: Post) -> None:
    batch = upload(post, people)
    statuses = {
        signed_in(people.centre).get(address).status_code
        for address in ("/college/imports/", f"/college/imports/{batch.pk}/", f"/college/imports/{batch.pk}/mend/")
    }
    assert statuses == {404}

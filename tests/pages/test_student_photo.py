"""毕业照片与试检: what a student sees of the own photos, and what is found on a picture that is tried and not kept."""

from base64 import b64decode
from dataclasses import replace

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from biye.accounts.models.user import Seat
from biye.accounts.queries.seats import seats_of
from biye.foundation.actor import SYSTEM
from biye.foundation.moments import moment
from biye.machinery.ledger.models.entry import Entry
from biye.photos.actions.deciding import decide_photo
from biye.photos.actions.handling import open_review, receive_paper_photo, start_capture
from biye.photos.actions.uploading import upload_photo
from biye.photos.core.drawing.portrait import draw
from biye.photos.models.photo import Photo
from biye.photos.queries import networks as shared_networks
from biye.photos.queries.questions import questions_of
from biye.records.models.facts import ChsiPhoto
from biye.records.models.student import Student
from biye.seasons.actions.seasons import open_season
from tests import photo_files
from tests.pages.people import AT, People, play_at, signed_in
from tests.pages.season import STEM

PHOTO, TRY = "/my/photo/", "/my/photo/try/"
RED = photo_files.altered(photo_files.behind(photo_files.plain(220, 40, 40)))(0)


@pytest.fixture
def school(people: People, settings: Settings) -> People:
    """The season is open, on the evening before the last but one day."""
    play_at(settings, AT)
    open_season(stem=STEM, by=SYSTEM, at=AT)
    return people


@pytest.fixture
def client(school: People) -> Client:
    return signed_in(school.student)


def text(client: Client, address: str = PHOTO) -> str:
    return client.get(address).content.decode()


def chsi(**said: object) -> None:
    student = Student.objects.get(student_no="20200001")
    ChsiPhoto.objects.update_or_create(student=student, defaults=said)


def kept(school: People, purpose: str, data: bytes = b"") -> Photo:
    (officer,) = seats_of(school.college.pk)
    content = data or photo_files.good()
    return upload_photo("20200001", purpose=purpose, name="1.JPG", data=content, stem=STEM, by=officer, at=AT)


def tried(client: Client, data: bytes, name: str = "IMG_1.jpg", **said: object) -> str:
    sent = {"chosen": SimpleUploadedFile(name, data, "image/jpeg"), "stem": STEM, **said}
    return client.post(TRY, sent).content.decode()


class TestPhotoPage:
    def test_without_anything_known_it_says_so_and_what_to_do(self, client: Client) -> None:
        page = text(client)
        for part in (
            "待核实",
            "学校还没有导入学信网的结果",
            "学校没有导入录取照片",
            "学校还没有收到毕业照片",
            "2022年6月15日 12:00",
            "还剩 1 天 15 小时",
            "12:00 整即为逾期",
            "无法在2022年秋季毕业",
            "通知三.1",
            "照片上传后显示在学信网约 30 天",
            'href="tel:02287557593"',
            'href="tel:02211112222"',
            "采集码",
            "一个学籍一个码",
        ):
            assert part in page, part

    def test_a_failed_comparison_is_red_in_chsis_words_with_every_remedy(self, client: Client) -> None:
        chsi(at_chsi=True, comparison="学信照片不通过")
        page = text(client)
        assert '<span class="urgent">学信照片不通过</span>' in page
        places = [page.index(part) for part in ("不化妆、不修图", "户口簿", "当面核对", "省级教育部门")]
        assert places == sorted(places)
        assert "比对不通过" in text(client, "/my/")

    @pytest.mark.parametrize(
        ("said", "state", "words"),
        [
            ({"at_chsi": False}, "未采集", "新华社散拍"),
            ({"at_chsi": True}, "已上网", "不要再次采集"),
            ({"at_chsi": True, "comparison": "学信照片通过"}, "比对通过", "不用再采集"),
            ({"at_chsi": True, "comparison": "可能同一人"}, "人工复核中", "证明材料"),
            ({"at_chsi": True, "comparison": "没见过的字样"}, "人工复核中", "没见过的字样"),
        ],
    )
    def test_every_state_says_what_comes_next(
        self, client: Client, said: dict[str, object], state: str, words: str
    ) -> None:
        chsi(**said)
        page = text(client)
        assert (state in page, words in page) == (True, True)

    def test_what_is_settled_asks_for_nothing_any_more(self, client: Client) -> None:
        chsi(at_chsi=True, comparison="学信照片通过")
        assert "还剩" not in text(client)
        assert "比对通过" in text(client, "/my/")

    def test_what_the_centre_wrote_down_is_shown(self, school: People, client: Client) -> None:
        (teacher,) = seats_of(school.centre.pk)
        start_capture("20200001", by=teacher, at=AT)
        assert "采集中" in text(client)
        receive_paper_photo("20200001", by=teacher, at=AT)
        chsi(at_chsi=True, comparison="学信照片不通过")
        open_review("20200001", reason="旧身份证与户口簿", by=teacher, at=AT)
        page = text(client)
        for part in ("查验并签字确认", "旧身份证与户口簿", "正在人工复核"):
            assert part in page

    def test_both_photos_stand_beside_each_other_and_are_served_drawn_anew(
        self, school: People, client: Client
    ) -> None:
        enrolment, graduation = (kept(school, purpose) for purpose in Photo.Purpose.values)
        page = text(client)
        for part in ("您的录取照片", "您的毕业照片", "photo-lines", "本校比对参考"):
            assert part in page
        for photo in (enrolment, graduation):
            answer = client.get(f"/photos/{photo.pk}/picture/")
            shown = b"".join(answer)
            assert (answer.headers["Content-Type"], shown[:3]) == ("image/jpeg", b"\xff\xd8\xff")
            assert shown != photo_files.good()

    def test_what_the_school_found_wrong_is_said_with_what_to_do(self, school: People, client: Client) -> None:
        photo = kept(school, Photo.Purpose.GRADUATION, RED)
        page = text(client)
        for part in ("机器检查有不合格项", "背景颜色", "请换用规定颜色的背景"):
            assert part in page
        (teacher,) = seats_of(school.centre.pk)
        answers = {one.name: one.name != "jewellery" for one in questions_of(photo)}
        decide_photo(photo.pk, answers=answers, sha256=photo.sha256, reason="请摘下耳环", by=teacher, at=AT)
        page = text(client)
        for part in ("学校看过：不合格", "没有耳环、项链等饰品", "说明：请摘下耳环", "请重拍一张"):
            assert part in page

    def test_chsis_word_silences_our_own_advice(self, school: People, client: Client) -> None:
        for purpose in Photo.Purpose.values:
            kept(school, purpose)
        chsi(at_chsi=True, comparison="学信照片不通过")
        assert "本校比对参考" not in text(client)

    def test_nobody_elses_picture_is_there(self, school: People) -> None:
        photo = kept(school, Photo.Purpose.GRADUATION)
        address = f"/photos/{photo.pk}/picture/"
        answers = [signed_in(user).get(address).status_code for user in (school.other_student, school.other_centre)]
        assert answers == [404, 404]

    def test_a_picture_that_the_storage_has_lost_is_not_there(self, school: People, client: Client) -> None:
        photo = kept(school, Photo.Purpose.GRADUATION)
        default_storage.delete(photo.picture.name)
        assert client.get(f"/photos/{photo.pk}/picture/").status_code == 404

    def test_after_the_deadline_it_is_past(self, client: Client, settings: Settings) -> None:
        for at, is_past in (("2022-06-15 11:59", False), ("2022-06-15 12:00", True), ("2022-06-15 12:01", True)):
            play_at(settings, moment(at))
            assert ("已截止" in text(client)) is is_past, at

    def test_before_a_season_is_open_the_page_says_so(self, people: People, settings: Settings) -> None:
        play_at(settings, AT)
        client = signed_in(people.student)
        assert "还没有毕业批次" in text(client)
        assert "还没有毕业批次" in text(client, TRY)

    def test_who_has_two_status_records_is_told_which_one_this_is(self, school: People, client: Client) -> None:
        other = Student.objects.create(student_no="20170009", name="林晓", level="专科", entry=4034, status="毕业")
        seat = Seat.objects.create(user=school.student, role="student", student=other)
        client.post("/seat/", {"seat": seat.pk})
        page = text(client)
        for part in ("您有 2 个学籍", "专科", "学号 20170009", "换另一个学籍"):
            assert part in page

    def test_it_costs_a_constant_number_of_queries(
        self, school: People, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for purpose in Photo.Purpose.values:
            kept(school, purpose)
        with django_assert_num_queries(10):
            client.get(PHOTO)
        with django_assert_num_queries(6):
            client.get(TRY)


class TestTryOut:
    def test_a_good_photo_passes_with_lines_and_limits_and_nothing_is_kept(self, client: Client) -> None:
        page = tried(client, photo_files.good())
        for part in ("可测各项都合格", "机器看不出，请您自己对照", 'class="photo-lines"', 'class="zone"', "头顶 "):
            assert part in page, part
        assert "file_name" not in page
        assert (Photo.objects.count(), Entry.objects.filter(action__startswith="photo").count()) == (0, 0)

    def test_the_picture_shown_back_is_not_what_was_sent(self, client: Client) -> None:
        sent = photo_files.good() + b"<script>alert(1)</script>"
        page = tried(client, sent)
        assert "data:image/jpeg;base64," in page
        assert "文件尾" in page
        assert b"script>alert" not in _shown_back(page)
        assert _shown_back(page)[:3] == b"\xff\xd8\xff"

    def test_what_must_be_mended_comes_first_then_what_to_look_at_then_what_is_fine(self, client: Client) -> None:
        page = tried(client, photo_files.altered(photo_files.behind(photo_files.shadow(0.1)))(0))
        page_red = tried(client, RED)
        assert "项必须改" in page_red
        assert "制作标准照（或拍摄单位处理）时可以改好" in page_red
        order = [page_red.index(part) for part in ('id="fails"', 'id="questions"', "合格的 ")]
        assert order == sorted(order)
        assert 'id="looks"' in page or 'id="fails"' in page

    def test_a_telephones_picture_is_shown_the_framing_it_allows(self, client: Client) -> None:
        page = tried(client, phone_picture())
        for part in ("按图中的框裁剪", 'class="frame"', "matrix(", "像素尺寸"):
            assert part in page, part

    def test_a_head_that_leaves_the_picture_cannot_be_framed(self, client: Client) -> None:
        page = tried(client, photo_files.encoded(photo_files.moved(0, -100)(photo_files.portrait())[:500]))
        assert "照这张裁不出合格的照片" in page
        assert "头顶超出画面" in page

    def test_a_standard_photo_is_made_with_every_operation_listed(self, client: Client) -> None:
        page = tried(client, phone_picture(), act="make")
        for part in ("标准照做好了", "做了哪些处理", "背景换为 RGB(100，197，255)", 'download="标准照.JPG"'):
            assert part in page, part
        assert not Photo.objects.exists()

    def test_where_none_can_be_made_it_says_why_and_checks_all_the_same(self, client: Client) -> None:
        page = tried(client, photo_files.encoded(photo_files.bystander(photo_files.portrait())), act="make")
        for part in ("标准照没有做成", "单人照片", "单人"):
            assert part in page, part

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "文件是空的"),
            (b"GIF89a" + bytes(40), "GIF 动图"),
            (b"%PDF-1.7", "PDF 文件"),
            (b"\0\0\0\x18ftypheic" + bytes(40), "HEIC 照片"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "SVG 矢量图"),
            (photo_files.good()[:4000], "文件不完整"),
        ],
    )
    def test_a_file_that_is_no_photo_is_refused_by_name(self, client: Client, data: bytes, words: str) -> None:
        page = tried(client, data)
        assert ("这个文件没有打开" in page, words in page) == (True, True)
        assert 'src="data:' not in page

    def test_too_large_a_file_is_refused_unread(self, client: Client) -> None:
        for size, is_refused in ((24_999_999, False), (25_000_000, False), (25_000_001, True)):
            page = tried(client, photo_files.good() + bytes(size - len(photo_files.good())))
            assert ("MB，超过 25 MB" in page) is is_refused, size

    def test_one_picture_at_a_time(self, client: Client) -> None:
        assert "请先选择或拍一张照片" in client.post(TRY, {"stem": STEM}).content.decode()
        both = {"taken": SimpleUploadedFile("2.jpg", photo_files.good())}
        assert "两处都选了照片" in tried(client, photo_files.good(), **both)

    def test_without_the_models_the_file_is_checked_and_the_rest_waits(
        self, client: Client, settings: Settings, tmp_path: object
    ) -> None:
        settings.PHOTO_MODELS = tmp_path
        try:
            checked, made = tried(client, photo_files.good()), tried(client, photo_files.good(), act="make")
        finally:
            shared_networks._loaded.cache_clear()
        for part in ("待核实：这次只能检查文件本身", "模型文件现在不可用", "合格的 ", "这次无法判断的"):
            assert part in checked, part
        assert "标准照也要等到那时才能做" in made
        assert "make setup" not in checked + made

    def test_a_page_that_asks_for_the_result_alone_is_given_that(self, client: Client) -> None:
        sent = {"chosen": SimpleUploadedFile("1.jpg", photo_files.good()), "stem": STEM}
        part = client.post(TRY, sent, headers={"HX-Request": "true"}).content.decode()
        assert ("可测各项都合格" in part, "<html" in part) == (True, False)

    def test_only_the_schools_own_specifications_are_asked_for(self, client: Client) -> None:
        page = tried(client, photo_files.good(), stem="2021-summer")
        assert "可测各项都合格" not in page

    def test_a_season_with_several_uses_asks_for_which(self, people: People, settings: Settings) -> None:
        client = elsewhere(people, settings, "cslg-adult", "2021-summer")
        page = text(client, TRY)
        for part in ("照片用途", "毕业生电子注册照片", "学士学位照片", "（白色背景）"):
            assert part in page, part
        assert "宽×高为 480×640 像素，要求 210×280" in tried(client, photo_files.good(), stem="2021-summer.degree")

    def test_a_school_without_a_specification_says_so(self, people: People, settings: Settings) -> None:
        client = elsewhere(people, settings, "xmu-online", "2020-december")
        page = text(client, TRY)
        assert ("学校还没有写明本批次的照片规格" in page, 'type="file"' in page) == (True, False)
        assert "照片上网要多久，本校没有登记" in text(client)
        assert "可测各项都合格" not in tried(client, photo_files.good(), stem="2020-december")

    def test_teachers_have_no_page_of_their_own_photos(self, school: People) -> None:
        found = {
            signed_in(user).get(address).status_code
            for user in (school.centre, school.college)
            for address in (PHOTO, TRY)
        }
        assert found == {404}


def elsewhere(people: People, settings: Settings, folder: str, stem: str) -> Client:
    """林晓 as a student of another school, in its season."""
    settings.SCHOOL_FOLDER = settings.SCHOOL_FOLDER.parent / folder
    play_at(settings, AT)
    open_season(stem=stem, by=SYSTEM, at=AT)
    return signed_in(people.student)


def phone_picture() -> bytes:
    """What a telephone takes: larger, with room around, before a grey wall."""
    sitter = replace(
        photo_files.person(2),
        width=1200,
        height=1600,
        middle=600.0,
        eye_line=640.0,
        crown=260.0,
        face_width=460.0,
        background=(196, 198, 200),
    )
    return photo_files.encoded(draw(sitter).pixels, quality=92, dpi=(72, 72))


def _shown_back(page: str) -> bytes:
    return b64decode(page.partition("data:image/jpeg;base64,")[2].partition('"')[0])

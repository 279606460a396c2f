"""规则页: the versions, a draft of a change, what it would do, and how it comes into force."""

import re
from pathlib import Path

import pytest
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries, Settings

from biye.audit.models.run import Rules, Run
from biye.audit.queries.rules import publishable
from biye.machinery.jobs.models.job import Job
from biye.machinery.ledger.models.entry import Entry
from biye.seasons.actions.seasons import open_season
from biye.seasons.core.trouble import SchoolRefused
from tests.audited_school import NOW, OFFICER
from tests.pages.conftest import Post
from tests.pages.office import Office, open_office, text
from tests.pages.people import People, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
LISTED = "/college/seasons/2022-autumn/rules/"
RULEBOOK = "rulebooks/graduation.yaml"


@pytest.fixture
def office(tmp_path: Path, people: People, settings: Settings) -> Office:
    return open_office(tmp_path, people, settings)


def edited(office: Office, old: str, new: str, note: str = "通知更正") -> dict[str, object]:
    """What the form sends once somebody replaced something; a browser ends its lines in its own way."""
    before = office.school.rules.files[RULEBOOK]
    assert old in before
    return {f"file:{RULEBOOK}": before.replace(old, new).replace("\n", "\r\n"), "note": note}


def draft(office: Office, post: Post, old: str = "min: plan ", new: str = "min: 60.0 ") -> Rules:
    post(office.officer, f"/college/rules/{office.school.rules.pk}/draft/", edited(office, old, new))
    return Rules.objects.get(is_draft=True)


def test_the_schools_files_come_into_force_once(people: People, post: Post) -> None:
    open_season(stem="2022-autumn", by=OFFICER.actor, at=NOW)
    college = signed_in(people.college)
    assert "还没有采用规则" in text(college.get(LISTED))
    post(college, LISTED)
    assert '<span class="chip chip-jade">现行</span>' in text(college.get(LISTED))
    post(college, LISTED)
    assert "没有变化" in text(college.get(LISTED))
    assert Rules.objects.count() == 1


def test_a_draft_is_kept_with_its_note_and_shown_against_what_is_in_force(office: Office, post: Post) -> None:
    made = draft(office, post)
    assert (made.note, made.number) == ("通知更正", 2)
    assert "\r" not in made.files[RULEBOOK]
    assert {path for path in made.files if made.files[path] != office.school.rules.files[path]} == {RULEBOOK}
    page = text(office.officer.get(f"/college/rules/{made.pk}/"))
    assert '<span class="removed">-    min: plan ' in page
    assert '<span class="added">+    min: 60.0 ' in page
    assert '<span class="chip chip-amber">草稿</span>' in text(office.officer.get(LISTED))


def test_a_mistake_is_named_with_its_line_and_what_was_typed_stays(office: Office, post: Post) -> None:
    said = edited(office, "rule: credits.total", "rule: credits.totle", note="改写一处")
    answer = post(office.officer, f"/college/rules/{office.school.rules.pk}/draft/", said)
    line = office.school.rules.files[RULEBOOK].splitlines().index("    rule: credits.total") + 1
    page = text(answer)
    assert answer.status_code == 200
    assert f'data-line="{line}">{RULEBOOK} 第 {line} 行</a>' in page
    assert "<code>rule: credits.totle</code>" in page
    assert re.search(rf'<textarea [^>]*name="file:{RULEBOOK}"[^>]*data-line="{line}" autofocus>', page)
    assert page.count('<details class="fold border-top" open>') == page.count("autofocus") == 1
    assert 'value="改写一处"' in page
    assert Rules.objects.count() == 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("rule: credits.total", "rule: credits.totle", "有 1 处需要改正，还没有保存"),
        ("min: plan ", "min: 60.0 ", "写法正确，还没有保存。可以保存为草稿、试算；但有 "),
        ("label: 所欠学分不超过 10", "label: 所欠学分不超过 10 分", "写法正确，案例全部通过，还没有保存。"),
    ],
)
def test_a_check_says_what_it_found_and_keeps_nothing(office: Office, old: str, new: str, says: str) -> None:
    entries = Entry.objects.count()
    said = edited(office, old, new, note="") | {"check": "yes"}
    answer = office.officer.post(f"/college/rules/{office.school.rules.pk}/draft/", said)
    page = text(answer)
    assert (answer.status_code, says in page, escape(new) in page) == (200, True, True)
    assert (Rules.objects.count(), Entry.objects.count()) == (1, entries)


def test_a_rehearsal_is_done_once_and_its_result_is_linked(office: Office, post: Post) -> None:
    made = draft(office, post)
    page = f"/college/rules/{made.pk}/"
    post(office.officer, f"{page}rehearse/")
    run = Run.objects.get(purpose=Run.Purpose.REHEARSAL)
    assert (run.rules_id, run.base_id, run.state) == (made.pk, office.school.run.pk, "done")
    assert f'href="/college/runs/{run.pk}/difference/"' in text(office.officer.get(page))


def test_a_double_click_rehearses_once(office: Office, post: Post, settings: Settings) -> None:
    made = draft(office, post)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for _ in range(2):
        office.officer.post(f"/college/rules/{made.pk}/rehearse/")
    assert Job.objects.filter(kind="rehearse_rules").count() == 1


def test_a_rehearsal_before_the_first_audit_is_refused_in_words(office: Office, post: Post) -> None:
    made = draft(office, post)
    Run.objects.update(state=Run.State.FAILED)
    post(office.officer, f"/college/rules/{made.pk}/rehearse/")
    assert "还没有完成的审查可以比较，请先运行审查。" in text(office.officer.get(f"/college/rules/{made.pk}/"))
    assert Job.objects.filter(kind="rehearse_rules").count() == 0


def test_an_approved_draft_is_in_force_under_its_own_number(office: Office, post: Post) -> None:
    made = draft(office, post, "label: 所欠学分不超过 10", "label: 所欠学分不超过 10 分")
    page = f"/college/rules/{made.pk}/"
    post(office.officer, f"{page}approve/", {"reason": "2022 年第 3 号更正"})
    made.refresh_from_db()
    assert (made.is_draft, made.number) == (False, 3)
    assert "规则第 3 版已生效，请重新审查全部学生。" in text(office.officer.get(page))
    assert Entry.objects.get(action="approve_rules").reason == "2022 年第 3 号更正"


def test_a_second_click_on_approve_is_refused_in_words(office: Office, post: Post) -> None:
    made = draft(office, post, "label: 所欠学分不超过 10", "label: 所欠学分不超过 10 分")
    for _ in range(2):
        post(office.officer, f"/college/rules/{made.pk}/approve/", {"reason": "更正"})
    assert "这版规则已经生效，不能再批准。" in text(office.officer.get(f"/college/rules/{made.pk}/"))
    assert Entry.objects.filter(action="approve_rules").count() == 1


def test_nothing_comes_into_force_without_a_reason(office: Office, post: Post) -> None:
    made = draft(office, post, "label: 所欠学分不超过 10", "label: 所欠学分不超过 10 分")
    post(office.officer, f"/college/rules/{made.pk}/approve/", {"reason": " "})
    assert "请写明理由。" in text(office.officer.get(f"/college/rules/{made.pk}/"))
    assert Rules.objects.get(pk=made.pk).is_draft


def test_a_draft_whose_cases_fail_is_not_approved_and_the_cases_are_folded_behind_one_line(
    office: Office, post: Post
) -> None:
    made = draft(office, post)
    with pytest.raises(SchoolRefused) as refused:
        publishable(made.files, "2022-autumn")
    failing = refused.value.troubles
    assert len(failing) > 1
    answer = post(office.officer, f"/college/rules/{made.pk}/approve/", {"reason": "试一试"})
    page = text(office.officer.get(answer.headers["Location"]))
    assert f"没有批准：学校资料有 {len(failing)} 处需要改正。<details" in page
    assert page.count('class="notice notice-bad"') == page.count("<summary>逐条查看</summary>") == 1
    assert [escape(str(one)) in page for one in failing] == [True] * len(failing)
    assert Rules.objects.get(pk=made.pk).is_draft


def test_pages_of_rules_cost_a_constant_number_of_queries(
    office: Office, post: Post, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2):
        said = edited(office, "min: plan ", f"min: {60 + number}.0 ")
        post(office.officer, f"/college/rules/{office.school.rules.pk}/draft/", said)
        newest = Rules.objects.latest("id")
        with django_assert_num_queries(6):
            office.officer.get(LISTED)
        with django_assert_num_queries(9):
            office.officer.get(f"/college/rules/{newest.pk}/")


def test_a_teacher_of_a_centre_finds_no_rules_and_drafts_none(office: Office) -> None:
    version = f"/college/rules/{office.school.rules.pk}/"
    read = (LISTED, version, f"{version}draft/")
    assert [office.officer.get(address).status_code for address in read] == [200, 200, 200]
    assert [office.teacher.get(address).status_code for address in read] == [404, 404, 404]
    written = (f"{version}draft/", f"{version}rehearse/", f"{version}approve/")
    assert [office.teacher.post(address).status_code for address in written] == [404, 404, 404]
    assert Rules.objects.count() == 1

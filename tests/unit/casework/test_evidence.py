"""关键字段修改: what an application needs, for both founding schools' lists of evidence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from biye.casework.core.evidence import PHOTO_AGAIN, Asked, Cause, missing, needed, problems, tidy, values_of, warnings
from biye.casework.core.fields import BIRTH, ETHNICITY, KEY_FIELDS, NAME, NUMBER, PHOTO, SEX, Record
from biye.foundation.identity import MALE

TODAY = date(2022, 6, 1)
LISTED = {
    NAME: ("个人申请", "身份证", "户口簿", "公民主项信息变更更正证明"),
    "其他": ("个人申请", "身份证", "户口簿", "公证书"),
}
LIN = Record("20200001", "林晓", MALE, date(1980, 1, 1), "汉族", "居民身份证", "34052419800101001X")
RENAMED = Asked(NAME, "林晓", "林小晓", Cause.CHANGED, date(2021, 3, 1))


def codes(asked: Asked, *, officer: bool = False) -> list[str]:
    return [one.code for one in problems(asked, KEY_FIELDS, today=TODAY, officer_numbers=officer)]


def test_a_complete_application_has_no_problem() -> None:
    assert codes(RENAMED) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (replace(RENAMED, field="班级"), ["correction_not_a_key_field"]),
        (replace(RENAMED, field=""), ["correction_not_a_key_field"]),
        (replace(RENAMED, new=""), ["correction_new_missing"]),
        (replace(RENAMED, new="林晓"), ["correction_same"]),
        (replace(RENAMED, new="林2"), ["correction_bad_name"]),
        (replace(RENAMED, new="林" * 80), []),
        (replace(RENAMED, new="林" * 81), ["correction_bad_name"]),
        (replace(RENAMED, cause=None, changed_on=None), ["correction_cause_missing"]),
        (replace(RENAMED, changed_on=None), ["correction_day_missing"]),
        (replace(RENAMED, changed_on=TODAY), []),
        (replace(RENAMED, changed_on=TODAY + timedelta(days=1)), ["correction_day_ahead"]),
        (replace(RENAMED, cause=Cause.ENTERED_WRONG, changed_on=None), ["correction_explanation_missing"]),
        (replace(RENAMED, cause=Cause.ENTERED_WRONG, changed_on=None, explanation="入学时录错"), []),
        (replace(RENAMED, new="", cause=None), ["correction_new_missing", "correction_cause_missing"]),
        (replace(RENAMED, field=SEX, old="男", new="女"), []),
        (replace(RENAMED, field=SEX, old="男", new="不详"), ["correction_bad_sex"]),
        (replace(RENAMED, field=ETHNICITY, old="汉族", new="回族"), []),
        (replace(RENAMED, field=ETHNICITY, old="汉族", new="火星"), ["correction_bad_ethnicity"]),
        (replace(RENAMED, field=BIRTH, old="1980-01-01", new="1980-02-30"), ["correction_bad_day"]),
        (replace(RENAMED, field=BIRTH, old="1980-01-01", new="1980-02-28"), []),
        (replace(RENAMED, field=BIRTH, old="1980-01-01", new="2022-06-01"), ["correction_bad_day"]),
        (replace(RENAMED, field=NUMBER, old="1", new="340524198001010011"), ["correction_bad_number"]),
        (replace(RENAMED, field=NUMBER, old="1", new="11010519491231002X"), []),
        (replace(RENAMED, field=PHOTO, old="", new=PHOTO_AGAIN), []),
    ],
)
def test_everything_that_is_missing_is_said_at_once(asked: Asked, found: list[str]) -> None:
    assert codes(asked) == found


def test_an_officers_number_is_a_new_number_only_where_the_school_takes_them() -> None:
    asked = replace(RENAMED, field=NUMBER, old="1", new="军1234567号")
    assert (codes(asked), codes(asked, officer=True)) == (["correction_bad_number"], [])


def test_evidence_is_what_the_school_lists_for_the_field_or_for_all_others() -> None:
    assert needed(NAME, LISTED) == LISTED[NAME]
    assert needed(BIRTH, LISTED) == LISTED["其他"]
    assert needed(BIRTH, {}) == ()
    assert missing(NAME, LISTED, {"身份证", "户口簿"}) == ("个人申请", "公民主项信息变更更正证明")
    assert missing(NAME, LISTED, LISTED[NAME]) == ()


def test_new_values_are_kept_as_the_record_writes_them() -> None:
    assert tidy(NUMBER, " 11010519491231002x ") == "11010519491231002X"
    assert tidy(ETHNICITY, "维吾尔") == "维吾尔族"
    assert tidy(BIRTH, "1980/01/02") == "1980-01-02"
    assert tidy(NAME, " 买买提·艾力 ") == "买买提·艾力"


@pytest.mark.parametrize(
    ("field", "new", "found"),
    [
        (NAME, "林小晓", ()),
        (BIRTH, "1980-01-01", ()),
        (BIRTH, "1981-01-01", ("new_birth_differs",)),
        (SEX, "女", ("new_sex_differs",)),
        (NUMBER, "11010519491231002X", ("new_birth_differs", "new_sex_differs")),
    ],
)
def test_a_new_value_that_will_not_agree_with_the_number_is_pointed_out(
    field: str, new: str, found: tuple[str, ...]
) -> None:
    assert warnings(Asked(field, values_of(field, LIN), new, Cause.CHANGED, TODAY), LIN) == found


def test_a_form_is_read_back_as_it_was_written() -> None:
    assert Asked.of(RENAMED.form) == RENAMED
    assert Asked.of({}) == Asked("", "", "", None, None)

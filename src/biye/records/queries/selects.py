"""学籍数据的列选择: which column of which table becomes which column of the record tables."""

from functools import lru_cache

import numpy as np

from biye.machinery.columns.core.selecting import Number, Select, amount, day, identifier, minute, small, truth
from biye.records.core.tables import NO_DAY

MOST_ID = (1 << 31) - 1
STUDENT_WORDS = {
    "level": "level",
    "mode": "mode",
    "status": "status",
    "major": "major",
    "identity_type": "identity_type",
}
STUDENT_NAMES = {"student_no": "student_no", "name": "name"}
# Fields that a rule may ask to be filled, by the names that student sheets give them.
FILLED = {
    **{
        name: f"{name} <> ''"
        for name in (
            "student_no name ethnicity political_status identity_type identity_number exam_no telephone email level mode"
            " major_code major class_name status"
        ).split()
    },
    "sex": "sex <> 0",
    "birth_date": "birth_date IS NOT NULL",
    "entry": "entry >= 0",
    "plan": "plan_id IS NOT NULL",
    "centre": "centre_id IS NOT NULL",
    "suspended_terms": "suspended_terms >= 0",
}


def _code(sql: str, least: int, most: int) -> Number:
    return Number(sql, least, most, np.int8)


@lru_cache
def students(*, identity: bool, filled: frozenset[str], names: bool, words: frozenset[str]) -> Select:
    """学生; what says who they are, and words that no rule looks at, only where they are asked for."""
    return Select(
        table="records_student",
        key="id",
        numbers={
            "key": identifier("id", MOST_ID),
            "plan": identifier("plan_id", 1 << 20, -1),
            "suspended_terms": Number("suspended_terms", -1, 126, np.int16),
            "outside_system": truth("is_outside_system"),
            "entry": Number("entry", -1, 16_382, np.int16),
            "covered": Number("covered", 0, (1 << 16) - 1, np.int32),
            "centre": identifier("centre_id", 1 << 20, -1),
            **({"sex": _code("sex", 0, 3), "birth_day": day("birth_date", NO_DAY)} if identity else {}),
            **{
                f"filled_{name}": _code(f"CASE WHEN {FILLED[name]} THEN 1 ELSE 0 END", 0, 1)
                for name in sorted(filled & FILLED.keys())
            },
        },
        words={name: sql for name, sql in STUDENT_WORDS.items() if name in words} | (STUDENT_NAMES if names else {}),
        fixed={"identity": ("identity_number", 18)} if identity else {},
    )


@lru_cache
def child(name: str, top: int, top_course: int, *, terms: bool) -> Select:
    """A table beside the students, whose ids go up to `top`; those of courses to `top_course`."""
    student = {"student": identifier("student_id", top)}
    if name == "results":
        result = {
            "course": identifier("course_id", top_course),
            "score": Number("score", -1, 16_382, np.int16),
            "mark": _code("mark", 0, 15),
            "obtained": _code("obtained", 0, 7),
        }
        when = {"term": Number("term", -1, 16_382, np.int16)} if terms else {}
        return Select("records_result", "student_id", student | result | when)
    table, numbers, words = _CHILDREN[name]
    return Select(table, "student_id", student | numbers, words)


_CHILDREN: dict[str, tuple[str, dict[str, Number], dict[str, str]]] = {
    "exams": (
        "records_unifiedexam",
        {"outcome": _code("outcome", -1, 6), "score": Number("score", -1, 16_382, np.int32)},
        {"subject": "subject", "reason": "reason"},
    ),
    "certificates": (
        "records_certificate",
        {"score": Number("score", -1, (1 << 24) - 2, np.int32), "obtained": day("obtained_on", NO_DAY)},
        {"kind": "kind"},
    ),
    "fees": (
        "records_fee",
        {
            "year": small("year", -1, 16_382),
            "due": amount("due"),
            "paid": amount("paid", -1),
            "posted": day("posted_on", NO_DAY),
        },
        {"kind": "kind"},
    ),
    "sanctions": (
        "records_sanction",
        {"imposed": day("imposed_on", NO_DAY), "lifted": day("lifted_on", NO_DAY)},
        {"kind": "kind"},
    ),
    "flags": ("records_flag", {"cleared": truth("is_cleared")}, {"flag": "flag"}),
    "photos": (
        "records_chsiphoto",
        {
            "at_chsi": truth("at_chsi"),
            "at_chsi_since": minute("at_chsi_since"),
            "compared": minute("compared_at"),
            "specification": _code("specification", 0, 3),
        },
        {"comparison": "comparison"},
    ),
    "history": (
        "records_pastconclusion",
        {"season": small("season", -1, 16_382)},
        {"conclusion": "conclusion", "outcome": "outcome"},
    ),
}

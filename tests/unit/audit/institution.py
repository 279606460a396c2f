"""An invented institution for the rules: every policy a rule may turn on stands in it in two forms."""

from biye.foundation.moments import moment
from biye.foundation.terms import term
from biye.seasons.core.frame import Frame
from biye.seasons.core.school import School

SCHOOL = School.model_validate(
    {
        "school": "试验大学",
        "college": "继续教育学院",
        "code": "99999",
        "kind": "adult",
        "offices": {"records": {"label": "学籍办公室"}},
        "levels": {
            "专科": {"min_terms": "5", "max_terms": "9", "suspension_counts": True},
            "专升本": {"min_terms": "5", "max_terms": "9", "suspension_counts": False},
            "高起本": {"min_terms": "10", "max_terms": "14", "suspension_counts": False},
        },
        "modes": ["函授", "业余"],
        "statuses": {"active": ["在籍"], "suspended": ["休学"], "withdrawn": ["退学"]},
        "grade_scales": {
            "default": {"pass": "60", "words": {"优": "95", "良": "85", "中": "75", "及格": "60", "不及格": "0"}},
            "others": {
                "strict": {"pass": "60", "words": {"优": "80", "良": "80", "合格": "60", "免修": "70", "缺考": "0"}}
            },
        },
        "centres": {"label": "教学点"},
        "photo": {
            "specification": {
                "width": "480",
                "height": "640",
                "dpi": "300",
                "quality_least": "60",
                "kilobytes": {"least": "20", "most": "40"},
                "hairline_to_top": {"least": "50", "most": "110"},
                "eyes_to_top": {"least": "200", "most": "300"},
                "face_width": {"least": "180", "most": "300"},
                "background": ["100", "197", "255"],
            },
            "comparison": {"passed": ["同一人", "可能同一人"], "failed": ["非同一人"], "review": ["人工复核中"]},
        },
        "identity": {"officer_numbers": False},
        "certificates": {"school_code": "99999", "education_type": "5", "level_codes": {"专升本": "05"}},
    }
)
CALENDAR = {
    "photo": moment("2022-06-15 12:00"),
    "fees": moment("2022-06-15 24:00"),
    "degree": moment("2024-02-29 24:00"),
}
SEASON = term("2022秋")


def frame(at: str = "2022-06-16 09:00") -> Frame:
    """The audit at a moment, by default after every deadline of the season."""
    return Frame(moment(at), SEASON, SCHOOL, CALENDAR)

"""教学计划表: plans and their modules, courses, unified exams and substitutions; several sheets, in one file or many."""

from biye.foundation.codes import ASSESSMENT_WORDS, KIND_WORDS, words_of
from biye.machinery.exchange.core.columns import ColumnSpec, SheetSpec
from biye.machinery.exchange.core.texts import clean
from biye.machinery.exchange.core.values import choice, code, credits, limited, yes_no

_PLAN_NAMES = ("培养方案", "教学计划代码", "计划代码", "教学计划名称", "计划名称", "培养方案代码", "培养计划")
_PLAN = ColumnSpec("plan", "教学计划", _PLAN_NAMES, limited(60, clean), True, example="会计学专升本2020")
_COURSE_CODES = ("课程编码", "课程编号", "课程号", "KCDM", "KCH")
_COURSE_NAMES = ("课程", "KCMC")
_MODULE_NAMES = ("课程模块", "模块名称", "课程类别", "所属模块")
_YES_OR_NO = "是、否"

PLANS = SheetSpec(
    kind="plans",
    label="教学计划",
    columns=(
        _PLAN,
        ColumnSpec(
            "total_credits",
            "总学分",
            ("毕业学分", "毕业最低学分", "应修总学分", "最低毕业学分", "要求总学分"),
            credits,
            True,
            accepts="学分，至多一位小数",
            example="80",
        ),
    ),
    needs=(("plan",), ("total_credits",)),
    hints=("教学计划", "培养方案"),
)

MODULES = SheetSpec(
    kind="plan_modules",
    label="计划模块",
    columns=(
        _PLAN,
        ColumnSpec(
            "module",
            "模块代码",
            ("模块编号", "模块", "课程模块", "课程类别", "所属模块"),
            limited(40, clean),
            accepts="文字；空白＝模块名称",
            example="公共基础课",
        ),
        ColumnSpec("module_name", "模块名称", ("模块全称",), limited(80, clean), example="公共基础课"),
        ColumnSpec(
            "credits",
            "最低学分",
            ("要求学分", "模块学分", "应修学分", "模块最低学分", "学分要求"),
            credits,
            accepts="学分；空白表示不要求",
            example="20",
        ),
        ColumnSpec(
            "overflow",
            "溢出到",
            ("超出计入", "超出部分计入", "溢出模块", "多余学分计入"),
            limited(80, clean),
            accepts="同一计划的另一模块；空白表示不溢出",
            example="选修课",
        ),
    ),
    needs=(("plan",), ("module", "module_name"), ("credits", "overflow")),
    hints=("模块",),
)

COURSES = SheetSpec(
    kind="plan_courses",
    label="计划课程",
    columns=(
        _PLAN,
        ColumnSpec("course_code", "课程代码", _COURSE_CODES, limited(40, code), True, example="A001"),
        ColumnSpec("course_name", "课程名称", _COURSE_NAMES, limited(120, clean), True, example="大学英语"),
        ColumnSpec("module", "模块", ("模块代码", *_MODULE_NAMES), limited(40, clean), example="公共基础课"),
        ColumnSpec("credits", "学分", ("课程学分", "XF"), credits, True, accepts="学分，至多一位小数", example="4"),
        ColumnSpec(
            "kind",
            "课程性质",
            ("修读性质", "课程属性", "课程类型", "KCXZ"),
            choice(words_of(KIND_WORDS), "not_a_course_kind"),
            True,
            accepts="必修、选修、实践、毕业论文",
            example="必修",
        ),
        ColumnSpec(
            "assessment",
            "考核方式",
            ("考核形式", "考试方式", "考核类型", "KHFS"),
            choice(words_of(ASSESSMENT_WORDS), "not_an_assessment"),
            True,
            accepts="考试、考查",
            example="考试",
        ),
        ColumnSpec("core", "主干课", ("是否主干课", "主干课程", "核心课程"), yes_no, accepts=_YES_OR_NO, example="否"),
        ColumnSpec("degree", "学位课", ("是否学位课", "学位课程"), yes_no, accepts=_YES_OR_NO, example="否"),
    ),
    needs=(("plan",), ("course_code", "course_name"), ("credits",), ("kind", "module", "assessment")),
    hints=("计划课程", "教学计划", "培养方案", "课程"),
)

EXAMS = SheetSpec(
    kind="plan_exams",
    label="计划统考",
    columns=(
        _PLAN,
        ColumnSpec("subject", "统考科目", ("统考课程", "要求统考"), limited(60, clean), True, example="大学英语B"),
    ),
    needs=(("plan",), ("subject",)),
    hints=("统考",),
)

SUBSTITUTIONS = SheetSpec(
    kind="substitutions",
    label="课程替代",
    columns=(
        ColumnSpec(
            "taken",
            "所修课程代码",
            ("所修课程", "已修课程", "替代课程", "替代课程代码", "已修课程代码"),
            limited(40, code),
            True,
            example="A101",
        ),
        ColumnSpec(
            "counts_as",
            "计入课程代码",
            ("计入课程", "被替代课程", "被替代课程代码", "顶替课程", "原课程代码"),
            limited(40, code),
            True,
            example="A001",
        ),
        ColumnSpec(
            "plan", "教学计划", _PLAN_NAMES, limited(60, clean), accepts="空白表示所有计划", example="会计学专升本2020"
        ),
    ),
    needs=(("taken",), ("counts_as",)),
    hints=("替代",),
)

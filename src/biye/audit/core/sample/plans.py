"""编造的教学计划: for every level a few majors, each with modules, electives to choose from, practice and a thesis.

Amounts in tenths of credits. Whatever a rulebook names (a module, a course) is put into every plan, so that a rule
of a school nobody has seen yet finds something to look at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from biye.foundation.codes import Assessment, Kind
from biye.records.core.tables import Courses, Plans

EXAMINED, ASSESSED = Assessment.EXAMINED, Assessment.ASSESSED
REQUIRED, ELECTIVE, PRACTICE, THESIS = Kind.REQUIRED, Kind.ELECTIVE, Kind.PRACTICE, Kind.THESIS


@dataclass(frozen=True, slots=True)
class Course:
    """课程 of a plan: name, credits in tenths, how it counts and how it is assessed."""

    name: str
    credits: int
    kind: Kind = REQUIRED
    assessment: Assessment = EXAMINED
    core: bool = False
    degree: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """模块: its courses, the credits it asks, and the module its surplus flows to."""

    name: str
    asked: int
    courses: tuple[Course, ...]
    overflow: str = ""


@dataclass(frozen=True, slots=True)
class Substitute:
    """替代: a course of an older plan that counts for one of this."""

    taken: str
    counts_as: str


@dataclass(frozen=True, slots=True)
class Outline:
    """教学计划: one major of one level."""

    level: str
    major: str
    code: str
    modules: tuple[Module, ...]
    exams: tuple[str, ...] = ()
    substitutes: tuple[Substitute, ...] = field(default=())


SUBSTITUTES = (Substitute("计算机文化基础", "计算机应用基础"), Substitute("大学英语（旧大纲）", "大学英语"))
THESIS_NAME = "毕业论文"
_COMMON = (
    Course("大学英语", 40, degree=True),
    Course("计算机应用基础", 40),
    Course("马克思主义基本原理", 30),
    Course("中国近现代史纲要", 30),
    Course("思想道德与法治", 30, assessment=ASSESSED),
    Course("高等数学", 40),
    Course("大学语文", 30),
)
_LONG_COMMON = (
    Course("形势与政策", 20, assessment=ASSESSED),
    Course("体育", 40, assessment=ASSESSED),
    Course("线性代数", 30),
    Course("概率论与数理统计", 30),
)
_FREE = (
    Course("艺术鉴赏", 20, ELECTIVE, ASSESSED),
    Course("应用文写作", 20, ELECTIVE, ASSESSED),
    Course("心理健康教育", 15, ELECTIVE, ASSESSED),
    Course("创业基础", 15, ELECTIVE, ASSESSED),
)
_PRACTICE = (
    Course("社会实践", 20, PRACTICE, ASSESSED),
    Course("专业实习", 20, PRACTICE, ASSESSED),
    Course(THESIS_NAME, 60, THESIS, ASSESSED),
)
_MAJORS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "工商管理": (
        ("管理学原理", "西方经济学", "市场营销学", "财务管理", "人力资源管理", "运营管理", "战略管理", "经济法"),
        ("组织行为学", "电子商务", "商务谈判", "消费者行为", "项目管理", "企业文化", "物流基础"),
    ),
    "土木工程": (
        ("工程力学", "结构力学", "土力学与地基基础", "混凝土结构", "钢结构", "工程测量", "土木工程施工", "工程制图"),
        ("工程经济学", "建设法规", "房屋建筑学", "工程招投标", "建筑设备", "桥梁工程概论", "工程监理"),
    ),
    "计算机科学与技术": (
        ("离散数学", "数据结构", "操作系统", "计算机组成原理", "计算机网络", "数据库原理", "软件工程", "程序设计基础"),
        ("网页设计", "信息安全基础", "人工智能导论", "移动应用开发", "多媒体技术", "计算机图形学", "嵌入式系统"),
    ),
    "会计学": (
        ("基础会计", "中级财务会计", "成本会计", "管理会计", "审计学", "税法", "财务报表分析", "统计学原理"),
        ("会计信息系统", "政府会计", "资产评估", "国际会计", "金融学", "证券投资学", "会计职业道德"),
    ),
}
_CREDITS = (40, 40, 40, 40, 40, 40, 30, 30)
_CHOICE_CREDITS = (20, 20, 20, 20, 30, 30, 30)


def outlines(
    levels: Sequence[str],
    long_levels: Iterable[str],
    exams: dict[str, tuple[str, ...]],
    named: Sequence[Module],
) -> list[Outline]:
    """Plans for every level; `long_levels` take two majors' worth of courses, `named` are modules rules ask for."""
    long = frozenset(long_levels)
    plans = []
    for number, level in enumerate(levels, 1):
        for place, major in enumerate(_MAJORS, 1):
            modules = _long_modules(major) if level in long else _modules(major)
            plans.append(
                Outline(
                    level,
                    major,
                    f"JH{number}{place:02d}",
                    (*modules, *_lacking(modules, named)),
                    exams.get(level, ()),
                    SUBSTITUTES,
                )
            )
    return plans


def _lacking(modules: Sequence[Module], named: Sequence[Module]) -> tuple[Module, ...]:
    """What the rules name, less what the plan has anyway."""
    names = {course.name for module in modules for course in module.courses}
    lacking = []
    for module in named:
        courses = tuple(course for course in module.courses if course.name not in names)
        if courses:
            asked = min(module.asked, sum(course.credits for course in courses))
            lacking.append(replace(module, asked=asked, courses=courses))
    return tuple(lacking)


def _modules(major: str) -> tuple[Module, ...]:
    required, choices = _MAJORS[major]
    return (
        Module("公共基础", 240, _COMMON),
        Module("专业必修", 300, _required(required)),
        Module("专业选修", 120, _choices(choices), overflow="公共选修"),
        Module("公共选修", 40, _FREE),
        Module("实践环节", 100, _PRACTICE),
    )


def _long_modules(major: str) -> tuple[Module, ...]:
    required, choices = _MAJORS[major]
    names = list(_MAJORS)
    second, second_choices = _MAJORS[names[(names.index(major) + 1) % len(names)]]
    return (
        Module("公共基础", 360, (*_COMMON, *_LONG_COMMON)),
        Module("专业必修", 600, (*_required(required), *_required(second, core=False))),
        Module("专业选修", 240, (*_choices(choices), *_choices(second_choices)), overflow="公共选修"),
        Module("公共选修", 40, _FREE),
        Module("实践环节", 100, _PRACTICE),
    )


def _required(names: Sequence[str], core: bool = True) -> tuple[Course, ...]:
    return tuple(
        Course(name, credits, core=core and place < 3, degree=core and place < 2)
        for place, (name, credits) in enumerate(zip(names, _CREDITS, strict=True))
    )


def _choices(names: Sequence[str]) -> tuple[Course, ...]:
    return tuple(
        Course(name, credits, ELECTIVE, ASSESSED if place % 2 else EXAMINED)
        for place, (name, credits) in enumerate(zip(names, _CHOICE_CREDITS, strict=True))
    )


def laid_out(plans: Sequence[Outline]) -> tuple[Plans, Courses]:
    """Plans as record tables; one course a name (or a code that a rule names), numbered in order of appearance."""
    every = [course for plan in plans for module in plan.modules for course in module.courses]
    names = list(dict.fromkeys([course.name for course in every] + [s.taken for p in plans for s in p.substitutes]))
    given = {course.name: course.code for course in every if course.code}
    courses = Courses([given.get(name, f"K{1001 + place}") for place, name in enumerate(names)], names)
    position = {name: place for place, name in enumerate(names)}
    modules = [(p, module) for p, plan in enumerate(plans) for module in plan.modules]
    row = {(p, module.name): place for place, (p, module) in enumerate(modules)}
    slots = [(p, row[p, module.name], course) for p, module in modules for course in module.courses]
    substitutes = [(p, substitute) for p, plan in enumerate(plans) for substitute in plan.substitutes]
    exams = [(p, subject) for p, plan in enumerate(plans) for subject in plan.exams]
    return (
        Plans(
            code=[plan.code for plan in plans],
            total_credits=_column([sum(module.asked for module in plan.modules) for plan in plans]),
            module_plan=_column([p for p, _ in modules]),
            module_code=[
                f"{plans[p].code}-{row[p, m.name] - row[p, plans[p].modules[0].name] + 1}" for p, m in modules
            ],
            module_name=[module.name for _, module in modules],
            module_credits=_column([module.asked for _, module in modules]),
            module_overflow=_column([row.get((p, module.overflow), -1) for p, module in modules]),
            slot_plan=_column([p for p, _, _ in slots]),
            slot_course=_column([position[course.name] for _, _, course in slots]),
            slot_module=_column([m for _, m, _ in slots]),
            slot_credits=_column([course.credits for _, _, course in slots]),
            slot_kind=_flags([course.kind for _, _, course in slots]),
            slot_assessment=_flags([course.assessment for _, _, course in slots]),
            slot_core=_flags([course.core for _, _, course in slots]),
            slot_degree=_flags([course.degree for _, _, course in slots]),
            substitution_plan=_column([p for p, _ in substitutes]),
            substitution_taken=_column([position[s.taken] for _, s in substitutes]),
            substitution_counts_as=_column([position[s.counts_as] for _, s in substitutes]),
            exam_plan=_column([p for p, _ in exams]),
            exam_subject=[subject for _, subject in exams],
        ),
        courses,
    )


def _column(values: Sequence[int]) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    return np.array(values, np.int32)


def _flags(values: Sequence[int]) -> "np.ndarray[tuple[int], np.dtype[np.int8]]":
    return np.array(values, np.int8)

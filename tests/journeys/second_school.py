"""第二份通知的学校: what 常熟理工 would bring in as sheets before its notice is walked; nobody in them is real."""

from pathlib import Path

from tests.photo_files import NUMBER
from tests.workbooks import Rows, identity_number, workbook

CENTRE = "南桥校外教学点"
SIGNS, DEFERS, ON_PAPER, FAILS, GONE, OLD, LATER = (
    "19010001", "19010002", "19010003", "19010004", "19010005", "10010006", "20010007"
)  # fmt: skip
_HEAD = (
    "学号", "姓名", "性别", "出生日期", "民族", "证件类型", "证件号码", "层次", "学习形式", "年级",
    "专业", "教学计划", "校外教学点", "学籍状态", "休学学期数", "老生",
)  # fmt: skip
_PEOPLE = (
    (SIGNS, "苏睛", "女", "1949-12-31", NUMBER, "2019春", "在籍", "否"),
    (DEFERS, "周岚", "男", "1991-02-03", identity_number("19910203", 11), "2019春", "在籍", "否"),
    (ON_PAPER, "石岩", "男", "1992-03-04", identity_number("19920304", 13), "2019春", "在籍", "否"),
    (FAILS, "何雨", "男", "1993-04-05", identity_number("19930405", 15), "2019春", "在籍", "否"),
    (GONE, "陆平", "男", "1994-05-06", identity_number("19940506", 17), "2019春", "退学", "否"),
    (OLD, "方晴", "女", "1985-06-07", identity_number("19850607", 18), "2010春", "在籍", "是"),
    (LATER, "林晓", "女", "1996-07-08", identity_number("19960708", 20), "2020春", "在籍", "否"),
)
_NUMBERS = tuple(person[0] for person in _PEOPLE)
_PLANS: Rows = (("教学计划", "总学分"), ("会计", "16"))
_COURSES: Rows = (
    ("教学计划", "课程代码", "课程名称", "模块", "学分", "课程性质", "考核方式", "主干课"),
    ("会计", "K1", "基础会计", "专业", "4", "必修", "考试", "是"),
    ("会计", "K2", "财务管理", "专业", "4", "必修", "考试", "是"),
    ("会计", "K3", "计算机应用", "公共", "2", "必修", "考查", "否"),
    ("会计", "K9", "毕业论文", "专业", "6", "毕业论文", "考查", "否"),
)
_GRADE = ("学号", "课程代码", "成绩", "学期")


def first_sheets(folder: Path) -> list[Path]:
    """Who there is, what they have to study, whether they have paid, and whose photo 学信网 has."""
    students = [
        (number, name, sex, born, "汉族", "居民身份证", identity, "专升本", "业余", entry,
         "会计学", "会计", CENTRE, status, "0", old)
        for number, name, sex, born, identity, entry, status, old in _PEOPLE
    ]  # fmt: skip
    fees = [
        (number, "学费", "2020", "2000", "1500" if number == DEFERS else "2000", "2020-03-10") for number in _NUMBERS
    ]
    photos = [
        (number, "是", "2021-06-05 10:00", "" if number == SIGNS else "合格") for number in _NUMBERS
    ]  # 苏睛's photo is still to be looked at
    return [
        _kept(folder, "学生.xlsx", ("学生", (_HEAD, *students))),
        _kept(folder, "教学计划.xlsx", ("教学计划", _PLANS), ("课程", _COURSES)),
        _kept(folder, "交费.xlsx", ("交费", (("学号", "费用种类", "学年", "应交", "已交", "到账日期"), *fees))),
        _kept(
            folder, "学信网照片.xlsx", ("学信网照片", (("学号", "学信网是否有毕业照", "上网时间", "照片规格"), *photos))
        ),
    ]


def grade_sheets(folder: Path) -> list[Path]:
    """考试课, 考查课 and 毕业论文, each in a sheet of its own; 何雨 lacks one mark for a pass."""
    examined = [(number, "K1", "59" if number == FAILS else "75", "2019秋") for number in _NUMBERS]
    examined += [(number, "K2", "66", "2020春") for number in _NUMBERS]
    return [
        _kept(folder, "考试课成绩.xlsx", ("考试课", (_GRADE, *examined))),
        _kept(
            folder, "考查课成绩.xlsx", ("考查课", (_GRADE, *((number, "K3", "合格", "2020秋") for number in _NUMBERS)))
        ),
        _kept(
            folder,
            "毕业论文成绩.xlsx",
            ("毕业论文", (_GRADE, *((number, "K9", "良", "2021春") for number in _NUMBERS))),
        ),
    ]


def _kept(folder: Path, name: str, *pages: tuple[str, Rows]) -> Path:
    path = folder / name
    path.write_bytes(workbook(*pages))
    return path

"""Good sheets of every kind, in every format, to be mangled."""

import random
from dataclasses import dataclass
from io import BytesIO

import xlwt

from tests.raw_sheets import dbf
from tests.workbooks import COURSES, PLANS, STUDENTS, Rows, identity_number, text_file, workbook

FORMATS = ("xlsx", "xls", "csv", "gbk", "dbf")
_NUMBERS = ("2001", "2002", "2003")


@dataclass(frozen=True, slots=True)
class Good:
    """A sheet: what it is called, and its rows, headings first."""

    name: str
    rows: Rows


def base() -> list[tuple[str, bytes]]:
    """What stands in the database before: students and their plan."""
    return [("学生.xlsx", workbook(("学生", STUDENTS))), ("计划.xlsx", workbook(("计划", PLANS), ("课程", COURSES)))]


def draw(chance: random.Random) -> Good:
    """One good sheet."""
    return chance.choice(_MAKERS)(chance)


def _students(chance: random.Random) -> Good:
    rows = [
        ("学号", "姓名", "性别", "出生日期", "民族", "证件号码", "层次", "入学批次", "教学计划", "学习中心", "学籍状态")
    ]
    for number in range(chance.randrange(1, 8)):
        year, order = chance.randrange(1970, 2000), chance.randrange(500) * 2 + 1
        identity = identity_number(f"{year}0102", order)
        rows.append(
            (
                f"30{number:02d}",
                "赵某",
                "男",
                f"{year}-01-02",
                "汉族",
                identity,
                "专升本",
                "2020春",
                "会计",
                "河东",
                "在籍",
            )
        )
    return Good("学生", rows)


def _grades(chance: random.Random) -> Good:
    rows = [("学号", "姓名", "课程代码", "课程名称", "成绩", "学期", "取得方式")]
    names = dict(zip(_NUMBERS, ("张三", "李四", "王五"), strict=True))
    for number in _NUMBERS:
        for code, course in (("A1", "大学英语"), ("A2", "会计学"), ("A3", "体育")):
            mark = chance.choice(("78", "59.5", "优秀", "合格", "缺考", "100"))
            rows.append((number, names[number], code, course, mark, "2020秋", "正考"))
    return Good("成绩", rows)


def _wide(chance: random.Random) -> Good:
    marks = ("78", "59.5", "优", "合格", "")
    rows = [(number, *(chance.choice(marks) for _ in range(3))) for number in _NUMBERS]
    return Good("成绩总表", [("学号", "大学英语", "A2", "体育"), *rows])


def _plan(chance: random.Random) -> Good:
    rows = [("教学计划", "课程代码", "课程名称", "模块", "学分", "课程性质", "考核方式", "主干课")]
    rows += [
        ("法学", f"F{number}", f"法学{number}", "专业", "4", "必修", "考试", "否")
        for number in range(chance.randrange(1, 6))
    ]
    return Good("教学计划课程", rows)


def _exams(chance: random.Random) -> Good:
    rows = [(number, "大学英语B", chance.choice(("通过", "未通过", "免考")), "65", "") for number in _NUMBERS]
    return Good("统考", [("学号", "统考科目", "结果", "成绩", "免考原因"), *rows])


def _fees(chance: random.Random) -> Good:
    rows = [(number, "学费", "2021", "2400", chance.choice(("2400", "0")), "2021-09-10") for number in _NUMBERS]
    return Good("交费", [("学号", "费用种类", "学年", "应交", "已交", "到账日期"), *rows])


def _photos(chance: random.Random) -> Good:
    rows = [(number, chance.choice(("是", "否")), "2022-06-10 09:30", "通过") for number in _NUMBERS]
    return Good("学信网照片", [("学号", "学信网是否有毕业照", "上网时间", "图像比对"), *rows])


def _sanctions(chance: random.Random) -> Good:
    return Good("处分", [("学号", "处分类型", "处分日期"), (chance.choice(_NUMBERS), "记过", "2021-05-10")])


_MAKERS = (_students, _grades, _wide, _plan, _exams, _fees, _photos, _sanctions)


def written(good: Good, kind: str) -> tuple[str, bytes]:
    """A file of this format, by name and content."""
    if kind == "xlsx":
        return f"{good.name}.xlsx", workbook((good.name, good.rows))
    if kind == "xls":
        return f"{good.name}.xls", _xls(good)
    if kind == "dbf":
        texts = [["" if cell is None else str(cell) for cell in row] for row in good.rows]
        widths = [max(len(row[place].encode("gb18030")) for row in texts) or 1 for place in range(len(texts[0]))]
        # Field names hold ten bytes: five Han characters.
        fields = [(heading[:5], "C", min(width, 200)) for heading, width in zip(texts[0], widths, strict=True)]
        return f"{good.name}.dbf", dbf(fields, texts[1:])
    return f"{good.name}.csv", text_file(good.rows, "gb18030" if kind == "gbk" else "utf-8-sig")


def _xls(good: Good) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(good.name)
    for row, cells in enumerate(good.rows):
        for place, cell in enumerate(cells):
            sheet.write(
                row, place, "" if cell is None else cell if isinstance(cell, int | float) else str(cell)[:32_000]
            )
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()

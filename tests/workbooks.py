"""Small workbooks for tests, and one whole invented school in a handful of sheets."""

from collections.abc import Sequence
from io import BytesIO

from biye.foundation.identity import check_digit
from biye.machinery.exchange.core.writer import Page, write_xlsx

Rows = Sequence[Sequence[str | int | float | None]]


def workbook(*pages: tuple[str, Rows]) -> bytes:
    """An .xlsx: each page a name and rows, of which the first holds the headings."""
    buffer = BytesIO()
    write_xlsx(buffer, [Page(name, [str(heading) for heading in rows[0]], rows[1:]) for name, rows in pages])
    return buffer.getvalue()


def text_file(rows: Rows, encoding: str = "utf-8-sig") -> bytes:
    """A .csv."""
    return "\r\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows).encode(encoding)


def identity_number(day: str, order: int) -> str:
    """An invented number in an area that does not exist, with its check digit; `day` is YYYYMMDD."""
    body = f"999999{day}{order:03d}"
    return body + check_digit(body)


STUDENTS: Rows = (
    ("学号", "姓名", "性别", "出生日期", "证件号码", "层次", "入学批次", "教学计划", "学习中心", "学籍状态"),
    ("2001", "张三", "男", "1990-01-02", identity_number("19900102", 1), "专升本", "2020春", "会计", "河东", "在籍"),
    ("2002", "李四", "女", "1991-02-03", identity_number("19910203", 2), "专升本", "2020春", "会计", "河东", "在籍"),
    ("2003", "王五", "男", "1992-03-04", identity_number("19920304", 3), "专科", "2020春", "会计", "河西", "在籍"),
)
PLANS: Rows = (("教学计划", "总学分"), ("会计", "80"))
COURSES: Rows = (
    ("教学计划", "课程代码", "课程名称", "模块", "学分", "课程性质", "考核方式", "主干课"),
    ("会计", "A1", "大学英语", "公共", "4", "必修", "考试", "否"),
    ("会计", "A2", "会计学", "专业", "4.5", "必修", "考试", "是"),
    ("会计", "A3", "体育", "公共", "2", "选修", "考查", "否"),
    ("会计", "A9", "毕业论文", "专业", "8", "毕业论文", "考查", "否"),
)
GRADES: Rows = (
    ("学号", "姓名", "课程代码", "成绩", "学期"),
    ("2001", "张三", "A1", "78.5", "2020秋"),
    ("2001", "张三", "A2", "优", "2020秋"),
    ("2002", "李四", "A1", "59", "2020秋"),
    ("2002", "李四", "A3", "合格", "2021春"),
)


def school_files() -> list[tuple[str, bytes]]:
    """One school: three students, one plan, some grades."""
    return [
        ("学生.xlsx", workbook(("学生", STUDENTS))),
        ("教学计划.xlsx", workbook(("教学计划", PLANS), ("课程", COURSES))),
        ("成绩.xlsx", workbook(("成绩", GRADES))),
    ]

"""An .xls, which only a library writes."""

from datetime import date
from io import BytesIO

import pytest
import xlwt


@pytest.fixture
def xls() -> bytes:
    """Two sheets, the second hidden; a merged title, a date, a number, a long number, a formula."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("成绩")
    sheet.write_merge(0, 0, 0, 2, "2020级成绩")
    for place, text in enumerate(("学号", "日期", "成绩")):
        sheet.write(1, place, text)
    sheet.write(2, 0, "0012")
    sheet.write(2, 1, date(2020, 3, 1), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.write(2, 2, 78.5)
    sheet.write(3, 0, 110105194912310021)
    sheet.write(3, 2, True)
    hidden = book.add_sheet("旧")
    hidden.visibility = 1
    hidden.write(0, 0, "x")
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()

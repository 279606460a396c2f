"""提示语: what a reading problem says to a person: what is wrong, where, and what to do.

Placeholders: {cell} the place with column and value, {rows} the row or rows, {column} the heading, {value}, {count},
and the problem's own details.
"""

from collections.abc import Mapping

from biye.machinery.exchange.core.problems import Problem

READING: dict[str, str] = {
    # files
    "file_empty": "文件是空的。请重新导出后上传。",
    "file_too_large": "文件有 {size:mb}，超过上限 {limit:mb}。请按学习中心或年级分成几个文件。",
    "file_broken": "文件已损坏或不完整，无法打开。请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后重新上传。",
    "file_cut": "文件被截断：文件头写明有 {rows} 条记录，实际只有 {found} 条。请重新导出。",
    "encrypted": "文件设有打开密码。请去掉密码后另存，再上传。",
    "not_a_sheet": "这不是可以读取的电子表格，而是{kind:kind}。请用 Excel 或 WPS 另存为 .xlsx（或 .csv）后上传。",
    "expands_too_much": "文件解压后有 {expanded:mb}，与文件大小 {size:mb} 极不相称，未读取。请新建工作簿，只粘贴数据后上传。",
    "too_many_parts": "压缩结构中有 {entries} 个部件，超过上限 {limit}，未读取。请新建工作簿，只粘贴数据后上传。",
    "part_too_large": "工作簿中的部件 {part} 过大，未读取。请新建工作簿，只粘贴数据后上传。",
    "part_missing": "工作簿缺少部件 {part}，文件不完整。请用 Excel 或 WPS 打开后另存为 .xlsx。",
    "declares_entities": "文件内含外部实体声明，正常的表格没有这种内容，出于安全未读取。请新建工作簿，只粘贴数据后上传。",
    "unusual_markup": "工作表内部写法特殊，无法可靠读取。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。",
    "encoding_unknown": "文字编码既不是 UTF-8 也不是 GB18030（GBK），无法识别。请另存为 .xlsx，或存成 UTF-8 编码的 .csv。",
    "encoding_broken": "文件开头声明为 {encoding} 编码，但第 {byte} 个字节处无法解码，文件可能已损坏。请重新导出。",
    "quotes_broken": "第 {line} 行附近的双引号不成对，之后的内容无法分列。请补齐或删去多余的双引号。",
    "field_too_long": "第 {line} 行附近有一个单元格异常地长，多半是双引号不成对。请检查该行。",
    "too_many_sheets": "工作簿有 {sheets} 个工作表，超过上限 {limit}。请分成几个文件。",
    "too_many_rows": "行数超过上限 {limit}。请分成几个文件。",
    "too_many_columns": "列数超过上限 {limit}。请删去数据右侧的多余列（选中后按右键“删除”），再上传。",
    "too_many_cells": "单元格散布过广或数量过多（上限 {limit} 格）。请新建工作簿，只粘贴数据，再上传。",
    "too_many_texts": "不同内容的单元格过多（上限 {limit}）。请分成几个文件。",
    "no_rows": "文件里没有任何数据。",
    # sheets
    "no_headings": "没有找到表头。请在数据上方写一行列名，例如“学号”“姓名”。",
    "headings_only": "只有表头，没有数据行。",
    "sheet_of_remarks": "这个工作表没有认得的表头，当作说明，未读取。",
    "sheet_unknown": "认不出这是哪种表。请按《导入表格说明》的列名填写表头，或在导入时选择表的种类。",
    "sheet_unclear": "看不出是{kinds}中的哪一种表。请在工作表名中写明，或在导入时选择表的种类。",
    "columns_missing": "像是{kind}表，但缺少列：{columns}。请补上这些列；若列名与此不同，请在学校配置的 sheets 中登记别名。",
    "column_twice": "「{column}」与另一列含义相同，本列未使用。请确认，或删去其中一列。",
    "columns_unknown": "以下列不认识，未使用：{columns}。",
    "hidden_sheet": "这个工作表是隐藏的，仍已读取。请确认要导入它。",
    "hidden_rows": "有 {rows} 行被隐藏或筛选（第 {first} 行起），仍会导入。如不需要，请先删除这些行。",
    "hidden_columns": "有隐藏的列，仍已读取。",
    "formulas": "有 {cells} 个单元格是公式，按保存时的计算结果读取。如结果可能已过期，请先在 Excel 中打开并保存。",
    "headings_repeated": "{rows}是重复的表头，已跳过。",
    "totals_skipped": "{rows}是合计、制表人之类的行，已跳过。",
    "blank_rows": "中间有 {rows_blank} 个空行，已跳过。",
    "deleted_records": "有 {rows_deleted} 条记录带删除标记，已跳过。",
    "read_as_gb18030": "文件没有注明编码，按 GB18030（GBK）读取。若汉字显示不正确，请另存为 .xlsx。",
    # cells
    "blank": "{rows}「{column}」是空白；请填写。",
    "cell_error": "{cell}，是公式错误值；请改为实际内容。",
    "formula_without_value": "{rows}「{column}」是没有计算结果的公式；请在 Excel 中打开并保存，或粘贴为数值。",
    "undecodable": "{cell}，含有无法解码的字符（可能是被截断的汉字）；请改正。",
    "text_too_long": "{cell}，太长；请缩短到 {limit} 字以内。",
    "cell_too_long": "{cell}……，内容异常地长；请检查这个单元格。",
    "digits_lost": "{cell}，是被表格软件改成数值的号码，后几位已丢失；请把该列设为“文本”格式后重新填写原号码。",
    "not_credits": "{cell}，不是学分；请写数字，至多一位小数，如 2.5。",
    "not_money": "{cell}，不是金额；请写以元为单位的数字，如 2400 或 2400.50。",
    "not_whole": "{cell}，不是 {least}–{most} 的整数。",
    "not_yes_or_no": "{cell}，请写“是”或“否”。",
    "not_a_date": "{cell}，不是日期；请写成 2022-06-15 的样子。",
    "no_such_date": "{cell}，没有这一天；请核对。",
    "date_partial": "{cell}，只有年月没有日，按未填处理；请补全为 1992-03-15 的样子。",
    "date_from_number": "{rows}「{column}」存的是数值（如“{value}”），已按表格软件的日期序号读作日期（{date}）。",
    "time_missing": "{rows}「{column}」只有日期没有时间（如“{value}”），按当天 24:00 计；截止日当天的请补上时间，如 2022-06-15 11:59。",
    "not_a_term": "{cell}，不是学期或批次；请写成 2020春、2020年秋季 或 202003 的样子。",
    "not_a_year": "{cell}，不是学年；请写成 2021 或 2021-2022。",
}

_KINDS = {
    "html": "网页（有些系统把网页存成 .xls 的名字）",
    "xml": "XML 文件",
    "xml_sheet": "“XML 电子表格 2003”",
    "xlsb": "二进制工作簿 .xlsb",
    "ods": "OpenDocument 表格 .ods",
    "old_xls": "Excel 5.0 以前的 .xls",
    "document": "文字文档或演示文稿",
    "archive": "压缩包（请先解压，逐个上传）",
    "pdf": "PDF 文件",
    "picture": "图片",
    "binary": "程序或其他二进制文件",
}


class _Size(int):
    """Bytes that show themselves in megabytes."""

    def __format__(self, spec: str) -> str:
        return f"{int(self) / (1 << 20):.1f} MB" if spec == "mb" else format(int(self), spec)


class _Named(str):
    """A word of a closed list that shows itself in Chinese."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if spec == "kind":
            return _KINDS.get(str(self), "其他文件")
        return format(str(self), spec)


def sentence(problem: Problem, catalogue: Mapping[str, str] = READING) -> str:
    """What one problem says. Every code has an entry; KeyError means that one was forgotten."""
    many = problem.count > 1
    rows = f"第 {problem.row} 行" + (f"等 {problem.count} 行" if many else "") if problem.row else ""
    cell = f"{rows}「{problem.column}」是“{problem.value}”" if problem.column else rows
    details: dict[str, object] = {
        name: _Size(value) if isinstance(value, int) else _Named(value) if isinstance(value, str) else value
        for name, value in problem.details.items()
    }
    if problem.code in ("blank_rows", "deleted_records"):
        details[f"rows_{problem.code.split('_', maxsplit=1)[0]}"] = details.pop("rows")
    place = {"rows": rows, "cell": cell, "column": problem.column, "value": problem.value, "count": problem.count}
    return catalogue[problem.code].format(**(place | details))

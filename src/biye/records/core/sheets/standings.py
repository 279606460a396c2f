"""交费、处分、标记、学信网照片、往季结论表: how students stand with the offices."""

import re

from biye.foundation.verdicts import Verdict
from biye.machinery.exchange.core.columns import BadValue, ColumnSpec, SheetSpec
from biye.machinery.exchange.core.texts import clean, fold
from biye.machinery.exchange.core.values import choice, day, limited, moment, money, term, yes_no
from biye.records.core.sheets.attainments import STUDENT

_SPECIFICATIONS = {
    "合格": Verdict.MET,
    "符合": Verdict.MET,
    "通过": Verdict.MET,
    "不合格": Verdict.NOT_MET,
    "不符合": Verdict.NOT_MET,
    "不通过": Verdict.NOT_MET,
    "未通过": Verdict.NOT_MET,
    "待核实": Verdict.UNKNOWN,
}
_YES_OR_NO = "是、否"
_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")


def year(text: str) -> int:
    """学年: the year in which it begins, of "2021", "2021-2022" or "2021学年"."""
    found = _YEAR.match(fold(text))
    if not found:
        raise BadValue("not_a_year")
    return int(found[0])


FEES = SheetSpec(
    kind="fees",
    label="交费",
    columns=(
        *STUDENT,
        ColumnSpec(
            "kind",
            "费用种类",
            ("收费项目", "费用类型", "费用名称", "交费项目", "缴费项目", "项目"),
            limited(40, clean),
            example="学费",
        ),
        ColumnSpec(
            "year",
            "学年",
            ("年度", "收费年度", "交费学年", "缴费学年", "收费学年"),
            year,
            accepts="2021 或 2021-2022",
            example="2021",
        ),
        ColumnSpec(
            "due",
            "应交",
            ("应缴", "应交金额", "应缴金额", "应收", "应收金额", "应交学费", "应缴费"),
            money,
            accepts="金额（元）",
            example="2400",
        ),
        ColumnSpec(
            "paid",
            "已交",
            ("实交", "实缴", "已缴", "实缴金额", "实交金额", "已交金额", "已缴金额", "实收", "实收金额"),
            money,
            accepts="金额（元）",
            example="2400",
        ),
        ColumnSpec(
            "arrears",
            "欠费",
            ("欠费金额", "欠交", "欠缴", "欠交金额", "欠缴金额", "欠费额"),
            money,
            accepts="金额（元）；没有欠费写 0",
            example="0",
        ),
        ColumnSpec(
            "cleared",
            "是否结清",
            ("是否交清", "是否缴清", "交费审核", "缴费审核", "是否欠清"),
            yes_no,
            accepts="是、否；否则另写欠费金额",
            example="是",
        ),
        ColumnSpec(
            "posted_on",
            "到账日期",
            ("到账日", "交费日期", "缴费日期", "到账时间", "入账日期"),
            day,
            accepts="日期",
            example="2021-09-10",
        ),
    ),
    needs=(("student_no",), ("due", "arrears", "cleared")),
    hints=("交费", "缴费", "欠费", "学费", "收费", "费用", "fee"),
)

SANCTIONS = SheetSpec(
    kind="sanctions",
    label="处分",
    columns=(
        *STUDENT,
        ColumnSpec(
            "kind",
            "处分类型",
            ("处分种类", "处分", "处分名称", "处分级别", "违纪处分"),
            limited(40, clean),
            True,
            example="记过",
        ),
        ColumnSpec(
            "imposed_on",
            "处分日期",
            ("处分时间", "处分决定日期", "决定日期"),
            day,
            accepts="日期",
            example="2021-05-10",
        ),
        ColumnSpec(
            "lifted_on",
            "解除日期",
            ("解除时间", "撤销日期", "处分解除日期"),
            day,
            accepts="日期；空白＝未解除",
            example="",
        ),
    ),
    needs=(("student_no",), ("kind",)),
    hints=("处分", "违纪", "sanction"),
)

FLAGS = SheetSpec(
    kind="flags",
    label="标记",
    columns=(
        *STUDENT,
        ColumnSpec(
            "flag",
            "标记",
            ("标记名称", "待办事项", "核查事项", "审核标记"),
            limited(60, clean),
            True,
            example="前置学历待复查",
        ),
        ColumnSpec(
            "cleared",
            "已解除",
            ("是否解除", "解除", "是否已解除", "是否通过", "已通过"),
            yes_no,
            accepts=_YES_OR_NO,
            example="否",
        ),
    ),
    needs=(("student_no",), ("flag",)),
    hints=("标记", "复查", "flag"),
)

PHOTOS = SheetSpec(
    kind="photos",
    label="学信网照片",
    columns=(
        *STUDENT,
        ColumnSpec(
            "at_chsi",
            "学信网是否有毕业照",
            (
                "是否有毕业照",
                "学信网照片",
                "有无学历照片",
                "是否有学历照片",
                "学历照片",
                "学信网是否有学历照片",
                "毕业照片",
            ),
            yes_no,
            accepts=_YES_OR_NO,
            example="是",
        ),
        ColumnSpec(
            "at_chsi_since",
            "上网时间",
            ("照片上网时间", "上传时间", "照片上传时间", "照片时间"),
            moment,
            accepts="日期和时间",
            example="2022-06-10 09:30",
        ),
        ColumnSpec(
            "comparison",
            "图像比对",
            ("人像比对", "比对结果", "图像比对结果", "人像比对结果", "照片比对", "身份核验"),
            limited(40, clean),
            accepts="学信网的原文",
            example="通过",
        ),
        ColumnSpec(
            "compared_at",
            "比对时间",
            ("比对日期", "图像比对时间", "人像比对时间"),
            moment,
            accepts="日期和时间",
            example="2022-06-12 16:05",
        ),
        ColumnSpec(
            "specification",
            "照片规格",
            ("规格检查", "照片质量", "规格审核"),
            choice(_SPECIFICATIONS, "not_a_specification"),
            accepts="合格、不合格",
            example="合格",
        ),
    ),
    needs=(("student_no",), ("at_chsi", "comparison", "specification")),
    hints=("照片", "图像", "比对", "学信", "photo"),
)

HISTORY = SheetSpec(
    kind="history",
    label="往季结论",
    columns=(
        *STUDENT,
        ColumnSpec(
            "season",
            "毕业批次",
            ("审查批次", "毕业季", "批次", "审核批次", "毕业审查批次"),
            term,
            True,
            accepts="2022春、202203",
            example="2022春",
        ),
        ColumnSpec(
            "conclusion",
            "审查结论",
            ("结论", "毕业资格审查结论", "审核结论"),
            limited(60, clean),
            example="暂不符合毕业条件",
        ),
        ColumnSpec(
            "outcome", "毕业结果", ("结果", "毕结业结论", "毕业状态", "去向"), limited(40, clean), example="延缓毕业"
        ),
    ),
    needs=(("student_no",), ("season",), ("conclusion", "outcome")),
    hints=("往季", "历史", "结论", "history"),
)

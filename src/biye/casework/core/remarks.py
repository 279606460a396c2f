"""核对提示: what is pointed out beside a field of the record; by code."""

REMARKS: dict[str, str] = {
    "number_blank": "没有登记证件号码，学历不能注册。",
    "number_digits_lost": "末尾几位变成了 0，是表格软件造成的，请按证件改正。",
    "number_bad_length": "位数不对：居民身份证应为 18 位。",
    "number_bad_character": "含有证件号码中不会出现的字符。",
    "number_no_such_date": "第 7 至 14 位不是一个存在的日期。",
    "number_bad_check_digit": "校验码不符：按前 17 位，最后一位应为 {expected}。",
    "number_bad_form": "不是“{document}”号码的样式。",
    "number_old": "是 15 位的旧号码，注册时按 18 位登记。",
    "number_officer": "本校不以军人证件号码注册，请提供居民身份证号码。",
    "birth_differs": "与证件号码所示的 {says} 不一致。",
    "sex_differs": "与证件号码所示的“{says}”不一致。",
    "blank": "没有登记。",
    "ethnicity_unknown": "不是国家标准中的民族名称。",
    "name_odd_dot": "姓名中的间隔号应写作“·”，并与证件一致。",
    "name_odd_sign": "姓名中有问号、空格或无法显示的字，请与证件核对。",
    "photo_missing": "学信网还没有毕业照片。",
    "photo_failed": "学信网图像比对：{comparison}。",
    "photo_unknown": "学信网的结果还没有导入。",
    # own fields
    "own_blank": "还没有填写；没有这一项的，请勾选“无”。",
    "not_a_telephone": "不像电话号码，请检查。",
    "not_an_email": "不像电子邮箱，请检查。",
    "not_a_postcode": "邮政编码应为 6 位数字。",
    "cv_unreadable": "第 {row} 行的起止年月请写成 2010-09；至今的，止写“至今”。",
    "cv_backwards": "第 {row} 行的止早于起。",
    "cv_incomplete": "第 {row} 行没有写在何处。",
    "cv_gap": "{after} 至 {before} 之间没有填写。",
    "cv_ends_early": "只写到 {until}，请接着写到现在。",
    "family_incomplete": "第 {row} 行请写明称谓和姓名。",
}


def remark(code: str, **details: object) -> str:
    """One remark as a sentence."""
    return REMARKS[code].format(**details)

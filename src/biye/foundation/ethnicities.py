"""民族: the national list of ethnicities (GB/T 3304) and the ways people write them."""

ETHNICITIES: dict[str, str] = {
    f"{number:02d}": name
    for number, name in enumerate(
        (
            "汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 "
            "黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 "
            "撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 "
            "京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族"
        ).split(),
        start=1,
    )
} | {"97": "其他", "98": "外国血统中国籍人士"}
"""Code to name."""

_OTHER_WAYS = {
    "毛难": "毛南族",
    "崩龙": "德昂族",
    "乌兹别克": "乌孜别克族",
    "哈萨": "哈萨克族",
    "外国血统": "外国血统中国籍人士",
    "外国血统中国籍": "外国血统中国籍人士",
    "入籍": "外国血统中国籍人士",
    "其它": "其他",
    "未识别民族": "其他",
    "穿青人": "其他",
}
_NAMES = (
    {name: name for name in ETHNICITIES.values()}
    | {name.removesuffix("族"): name for name in ETHNICITIES.values()}
    | ETHNICITIES
    | {code.lstrip("0"): name for code, name in ETHNICITIES.items()}
    | _OTHER_WAYS
)


def ethnicity(text: str) -> str | None:
    """The standard name of a 民族 written with or without 族, by an old name or by its code; None where it is none."""
    word = text.strip()
    return _NAMES.get(word) or _NAMES.get(word.removesuffix("族"))

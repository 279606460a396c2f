"""编造的人: names, birth days and identity numbers of people who do not exist.

Identity numbers have right check digits and area codes that were never given out (they begin with 19).
"""

import numpy as np
import numpy.typing as npt

from biye.foundation.identity import check_digit
from biye.foundation.moments import from_day_number

MALE, FEMALE = 1, 2
_SURNAMES = (
    "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 "
    "潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 方 邹 熊 白 孟 "
    "秦 邱 侯 江 尹 薛 闫 雷 龙 史 陶 贺 毛 段 郝 顾 龚 邵 覃 武 钱 戴 严 莫 孔 向 常 汤 欧阳 司马 上官 诸葛"
).split()
_FIRST = (
    "子 宇 浩 梓 雨 欣 佳 思 一 诗 嘉 文 明 志 建 国 海 晓 春 秋 小 玉 丽 美 秀 红 永 天 立 家 俊 振 新 庆 金 "
    "德 世 光 兴 安 宏 凯 泽 若 语 可 静 慧 雅 心 乐"
)
_MALE_LAST = "强 伟 军 勇 涛 磊 超 鹏 杰 斌 辉 刚 波 飞 龙 宁 峰 亮 浩 毅 坤 栋 轩 然 阳 航 博 帆 森 祥"
_FEMALE_LAST = "芳 娟 敏 静 艳 霞 燕 玲 婷 颖 琳 洁 莉 萍 梅 怡 瑶 雯 倩 璐 月 华 蓉 薇 珊 妍 彤 茜 菲 媛"
FIRST, MALE_LAST, FEMALE_LAST = _FIRST.split(), _MALE_LAST.split(), _FEMALE_LAST.split()

# Names that forms and old systems stumble over: rare characters, middle dots, the longest and the shortest.
AWKWARD_NAMES = (
    ("周𬱖", FEMALE, "汉族"),
    ("买买提·艾力", MALE, "维吾尔族"),
    ("阿卜杜热依木江·麦麦提托合提", MALE, "维吾尔族"),
    ("古丽米热·阿不都克热木", FEMALE, "维吾尔族"),
    ("努尔兰别克·叶尔肯别克吾勒", MALE, "哈萨克族"),
    ("王㛃", FEMALE, "汉族"),
    ("李䶮", MALE, "汉族"),
    ("欧阳翀翯", MALE, "汉族"),
    ("巴雅尔图孟和", MALE, "蒙古族"),
    ("次仁卓玛", FEMALE, "藏族"),
    ("郑堃", MALE, "汉族"),
    ("马赟骉", MALE, "回族"),
)
_OTHER_ETHNICITIES = ("回族", "满族", "壮族", "苗族", "土家族", "蒙古族")


def names(rng: np.random.Generator, sex: npt.NDArray[np.int8]) -> tuple[list[str], list[str]]:
    """Names and ethnicities; the awkward ones come first where the sex fits, and now and then later."""
    n = len(sex)
    surname = rng.integers(0, len(_SURNAMES), n)
    # Common surnames are common: half of the draws fall among the first fifteen.
    surname = np.where(rng.random(n) < 0.5, surname % 15, surname).tolist()
    first = rng.integers(0, len(FIRST), n).tolist()
    last = rng.integers(0, len(MALE_LAST), n).tolist()
    short = (rng.random(n) < 0.2).tolist()
    other = rng.random(n)
    minority = rng.integers(0, len(_OTHER_ETHNICITIES), n).tolist()
    people = [
        _SURNAMES[s] + ("" if brief else FIRST[f]) + (MALE_LAST if who == MALE else FEMALE_LAST)[la]
        for s, f, la, brief, who in zip(surname, first, last, short, sex.tolist(), strict=True)
    ]
    ethnicities = [
        _OTHER_ETHNICITIES[m] if chance < 0.08 else "汉族" for m, chance in zip(minority, other.tolist(), strict=True)
    ]
    return people, ethnicities


def birth_days(rng: np.random.Generator, entry_day: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """出生日期 of adults who enrol: most between 19 and 35, some over 40, in days since 1970."""
    n = len(entry_day)
    age = 19 + rng.gamma(2.0, 4.2, n)
    age = np.where(rng.random(n) < 0.05, 40 + rng.random(n) * 12, np.minimum(age, 55))
    return (entry_day - (age * 365.25).astype(np.int64)).astype(np.int32)


def identity_numbers(rng: np.random.Generator, birth: npt.NDArray[np.int32], sex: npt.NDArray[np.int8]) -> list[str]:
    """证件号码: right in form, birth date, sex and check digit; of an area that does not exist; each only once."""
    n = len(birth)
    area = rng.integers(190_000, 200_000, n).tolist()
    order = rng.integers(0, 500, n).tolist()
    taken: set[str] = set()
    numbers = []
    for first, day, o, who in zip(area, birth.tolist(), order, sex.tolist(), strict=True):
        rest = f"{from_day_number(day):%Y%m%d}{o * 2 + who % 2:03d}"
        body = f"{first}{rest}"
        while body in taken:
            body = f"{190_000 + (int(body[:6]) - 189_999) % 10_000}{rest}"
        taken.add(body)
        numbers.append(body + check_digit(body))
    return numbers

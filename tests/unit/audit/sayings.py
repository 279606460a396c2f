"""Invented rules: for every kind of the vocabulary, parameters as a rulebook might write them."""

from collections.abc import Callable
from random import Random
from typing import Any

from biye.audit.core.vocabulary import Params, kinds

Raw = dict[str, Any]


def rules(random: Random) -> list[tuple[str, Params]]:
    """One rule of every kind that looks at one student alone."""
    return [(name, kinds()[name].params.model_validate(write(random))) for name, write in SAYINGS.items()]


def selector(random: Random, depth: int = 2, *, by_way: bool = True) -> Raw:
    """Which courses."""
    keys: list[tuple[str, Callable[[], Any]]] = [
        ("module", lambda: random.choice(("A", "公共", ["B", "专*"]))),
        ("kind", lambda: random.choice(("必修", "毕业论文", ["选修", "实践"], ["必修", "选修", "实践"]))),
        ("assessment", lambda: random.choice(("考试", "考查"))),
        ("core", lambda: random.choice((True, False))),
        ("degree", lambda: random.choice((True, False))),
        ("code", lambda: random.choice((["c00", "c03", "c01"], "c0*"))),
        ("name", lambda: random.choice(("大学英语*", ["数学*", "政治*"]))),
    ]
    if by_way:
        keys.append(("obtained", lambda: random.choice(("正考", ["免修", "替代"], ["补考", "重修", "学分互认"]))))
    if depth:
        inner = [selector(random, depth - 1, by_way=by_way) for _ in range(2)]
        keys += [("not", lambda: inner[0]), ("all", lambda: inner), ("any", lambda: inner)]
    chosen = random.sample(keys, random.choice((0, 1, 1, 2)))
    return {key: value() for key, value in chosen}


def people(random: Random, depth: int = 1) -> Raw:
    """For whom."""
    keys: list[tuple[str, Any]] = [
        ("level", random.choice(("专科", ["专升本", "高起本"]))),
        ("mode", "函授"),
        ("centre", ["河东"]),
        ("status", "在籍"),
        ("plan", random.choice(("p0", ["p1", "p2"]))),
        (
            "entry",
            random.choice(("2018春", {"from": "2016春", "before": "2019秋"}, {"after": "2017秋", "until": "2020春"})),
        ),
        ("within_study_limit", random.choice((True, False))),
        ("outside_system", random.choice((True, False))),
    ]
    if depth:
        inner = [people(random, depth - 1) for _ in range(2)]
        keys += [("not", inner[0]), ("all", inner), ("any", inner)]
    return dict(random.sample(keys, random.choice((1, 1, 2))))


def limit(random: Random, *figures: Any) -> Any:
    """A figure in one of the forms a limit may have."""

    def one() -> Any:
        return random.choice(figures)

    by_time: Raw = {"until": random.choice(("2022-06-15", "2022-06-16")), "value": one()}
    return random.choice(
        (
            one(),
            one(),
            {"专升本": one(), "高起本": one()},
            {"函授": one(), "业余": one()},
            {"河东": one(), "河西": one()},
            {"2018春": one(), "2018秋": one(), "2019春": one(), "2020春": one()},
            [{"for": people(random), "value": one()}, {"value": one()}],
            [by_time, {"from": random.choice(("2022-06-16", "2022-06-17")), "value": one(), "for": people(random)}],
        )
    )


def _if_none(random: Random) -> str:
    return random.choice(("unknown", "unknown", "met", "not_met"))


def _credits(random: Random) -> Any:
    return limit(random, "plan", "plan", "1.0", "3", "4.5", "5.0")


def _graded(random: Random) -> Raw:
    return {
        "over": selector(random),
        "attempt": random.choice(("best", "first", "last")),
        "scale": random.choice(("default", "strict")),
        "words": random.choice(("as_number", "excluded")),
        "exempted": random.choice(("as_number", "excluded")),
        "if_none": _if_none(random),
    }


def _average(random: Random) -> Raw:
    return {
        **_graded(random),
        random.choice(("min", "above")): limit(random, "60", "69.99", "70", "75.5"),
        "weights": random.choice(("none", "credits")),
        "counting": random.choice(("taken", "passed")),
        "round": {
            "digits": random.randint(0, 4),
            "mode": random.choice(("half_up", "half_even", "floor", "none")),
        },
    }


def _waivers(random: Random) -> Raw:
    raw: Raw = {random.choice(("max_share", "max_count")): limit(random, "0", "1", "2", "30")}
    if random.random() < 0.5:
        raw["ways"] = ["免修", "替代"]
    if random.random() < 0.5:
        raw["over"] = selector(random, by_way=False)
    if random.random() < 0.5:
        raw["never"] = {"kind": "毕业论文"}
    return raw


def _choose(random: Random) -> Raw:
    groups = random.randint(1, 4)
    return {"groups": [{"courses": selector(random), "n": str(random.randint(1, 2))} for _ in range(groups)]}


def _certificates(random: Random) -> Raw:
    proofs: list[Raw] = []
    for _ in range(random.randint(1, 3)):
        if random.random() < 0.3:
            proofs.append({"exam": ["英语"], "min": limit(random, "60", "70")})
            continue
        proof: Raw = {"kind": random.choice(("学位英语", ["学位英语", "CET-4"]))}
        if random.random() < 0.5:
            proof["min"] = limit(random, "400", "399.99")
        proof["within"] = random.choice(("any_time", "before_graduation", "while_enrolled", {"years": "5"}))
        proofs.append(proof)
    raw: Raw = {"certificates": proofs}
    if random.random() < 0.5:
        raw["by"] = random.choice(("photo", "fees", "degree"))
    return raw


def _period(random: Random) -> Raw:
    raw: Raw = {"suspension": random.choice(("by_level", "counted", "not_counted"))}
    for key in random.choice((("min",), ("max",), ("min", "max"))):
        raw[key] = limit(random, "level", "5", "9")
    return raw


def _history(random: Random) -> Raw:
    return {
        random.choice(("one_of", "none_of")): random.choice(("通过", ["未通过", "结业"], ["毕业", "结业"])),
        "season": random.choice(("any", "latest", "2022春", "2021秋")),
    }


def _maybe(random: Random, key: str, *values: Any) -> Raw:
    return {key: random.choice(values)} if random.random() < 0.6 else {}


SAYINGS: dict[str, Callable[[Random], Raw]] = {
    "credits.total": lambda random: {"min": _credits(random), "over": selector(random)},
    "credits.module": lambda random: {
        "module": random.choice(("A", "B", "公共")),
        "min": _credits(random),
        "if_none": _if_none(random),
    },
    "credits.modules": lambda _: {},
    "credits.share": lambda random: {"min": limit(random, "50", "90%", "33.33")},
    "credits.owed": lambda random: {
        "max": limit(random, "0", "1.0", "2.5"),
        "against": random.choice(("total", "modules")),
    },
    "courses.passed": lambda random: {"courses": selector(random), "if_none": _if_none(random)},
    "courses.count": lambda random: {
        "courses": selector(random),
        "min": limit(random, "plan", "1", "2"),
        "counting": random.choice(("passed", "taken")),
    },
    "courses.choose": _choose,
    "attempts.count": lambda random: {
        "over": selector(random),
        "what": random.choice((["补考"], ["重修"], ["补考", "重修"])),
        "counting": random.choice(("courses", "times")),
        "max": limit(random, "0", "1", "2"),
    },
    "waivers.share": _waivers,
    "grade.each": lambda random: {
        **_graded(random),
        "min": limit(random, "60", "70", "60.01"),
        "missing": random.choice(("not_met", "passed_over")),
    },
    "grade.average": _average,
    "grade.of": lambda random: {
        "courses": random.choice(({"kind": "毕业论文"}, selector(random))),
        "attempt": random.choice(("best", "first", "last")),
        "scale": random.choice(("default", "strict")),
        "min": random.choice(("良", "优", "中", "及格", "合格", "70", "80")),
        "if_none": _if_none(random),
    },
    "exams.unified": lambda random: {
        "subjects": random.choice(("plan", "plan", ["英语"], ["英语", "计算机"])),
        "if_none": _if_none(random),
    },
    "certificate.any_of": _certificates,
    "fees.cleared": lambda random: {
        **_maybe(random, "by", "photo", "fees"),
        **_maybe(random, "kinds", "学费", ["学费", "教材费"]),
        "each": random.choice(("row", "kind", "year", "all")),
    },
    "standing.status": lambda random: {"status": random.choice(("在籍", ["在籍", "休学"]))},
    "standing.study_period": _period,
    "standing.discipline": lambda random: {
        **_maybe(random, "kinds", "记过", ["记过", "留校察看"]),
        "counts": random.choice(("in_force", "ever")),
    },
    "standing.flag": lambda random: {"flag": random.choice(("前置学历待复查", ["前置学历待复查", "录取信息有误"]))},
    "photo.registered": lambda random: _maybe(random, "by", "photo"),
    "photo.comparison": lambda random: {**_maybe(random, "by", "photo"), **_maybe(random, "one_of", "同一人")},
    "photo.spec": lambda _: {},
    "record.complete": lambda random: {"fields": random.choice((["住址"], ["住址", "电话"], ["住址", "籍贯"]))},
    "record.consistent": lambda _: {},
    "history.conclusion": _history,
    "history.outcome": _history,
}

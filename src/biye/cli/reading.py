"""The explanation of one student on a terminal 在终端上看一名学生的说明."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from biye.foundation.amounts import show_credits
from biye.foundation.verdicts import Truth, Verdict

if TYPE_CHECKING:
    from biye.audit.core.explain.explanation import Explainer
    from biye.audit.core.explain.shapes import Explanation

_STYLES = {
    Verdict.MET: "green",
    Verdict.NOT_MET: "bold red",
    Verdict.UNKNOWN: "yellow",
    Verdict.NOT_REQUIRED: "bright_black",
}
_DOORS = {Truth.TRUE: ("可以", "green"), Truth.FALSE: ("不可以", "bright_black"), Truth.UNKNOWN: ("待核实", "yellow")}


def show(explainer: "Explainer", row: int) -> None:
    """Conclusions, findings with fixes, credits by module, exams, courses that do not count, applications."""
    told = explainer.full(row)
    console = Console(highlight=False, soft_wrap=True)
    students = explainer.audited.population.tables.students
    who = " ".join(
        word for word in (students.level.word(row), students.major.word(row), students.centre.word(row)) if word
    )
    console.print(Text(f"{told.name}（{told.student_no}）　{who}", style="bold"))
    console.print(Text(explainer.loaded.season.title, style="bright_black"))
    _conclusions(console, told)
    _findings(console, told)
    _credits(console, told)
    _courses(console, told)
    _routes(console, told)


def _conclusions(console: Console, told: "Explanation") -> None:
    console.print()
    if told.why_not:
        console.print(Text(f"不是本批次的预毕业学生：{told.why_not}", style="yellow"))
        return
    for one in told.conclusions:
        style = "yellow" if one.text is None else "green" if one.is_favourable else "red"
        text = one.text or f"待定（{'；'.join(one.undecided)}）"
        console.print(Text.assemble(f"{one.label}：", (text, f"bold {style}")))


def _findings(console: Console, told: "Explanation") -> None:
    console.print()
    for one in told.findings:
        if one.verdict is Verdict.NOT_REQUIRED:
            continue
        console.print(Text.assemble((one.verdict.chinese, _STYLES[one.verdict]), f"　{one.label}　{one.sentence}"))
        for fix in one.fixes:
            console.print(Text(f"　　　　→ {fix.sentence}", style="cyan"))


def _credits(console: Console, told: "Explanation") -> None:
    if not told.modules:
        return
    asked = show_credits(told.asked) if told.asked >= 0 else "未知"
    table = Table(title=f"学分：已修 {show_credits(told.earned)}，要求 {asked}", title_justify="left", box=None)
    for heading in ("模块", "已修", "转入", "要求", "超出"):
        table.add_column(heading, justify="left" if heading == "模块" else "right")
    for bar in told.modules:
        amounts = (bar.earned, bar.received, bar.asked, bar.surplus)
        table.add_row(bar.name, *(show_credits(amount) for amount in amounts))
    console.print()
    console.print(table)
    for exam in told.exams:
        console.print(f"统考　{exam.subject}　{exam.state}" + (f"（{exam.reason}）" if exam.reason else ""))


def _courses(console: Console, told: "Explanation") -> None:
    """What did not count, or counted for another course; the rest went where it belongs."""
    shown = [line for line in told.courses if not line.counts or line.counted_for]
    if not shown:
        return
    table = Table(title="没有计入或计入别处的课程", title_justify="left", box=None)
    for heading in ("课程", "学分", "成绩", "学期", "说明"):
        table.add_column(heading)
    for line in shown:
        table.add_row(line.name, line.credits, line.result, line.term, line.note)
    console.print()
    console.print(table)


def _routes(console: Console, told: "Explanation") -> None:
    console.print()
    for route in told.routes:
        word, style = _DOORS[route.state]
        console.print(Text.assemble((word, style), f"　{route.label}　{route.reason}"))
        if route.state is Truth.TRUE and route.irreversible:
            console.print(Text(f"　　　　！{route.irreversible}", style="red"))

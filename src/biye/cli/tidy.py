"""Tidy 清理: outcomes of old audits that nobody will ask for any more; numbers first, and only then."""

from datetime import timedelta
from typing import Annotated

import typer

from biye.cli.installation import open_installation

app = typer.Typer(add_completion=False)


@app.command()
def tidy(
    days: Annotated[
        int | None,
        typer.Option("--days", min=1, metavar="天数", help="清理多少天以前的；不写则按 BIYE_KEEP_OUTCOMES_DAYS。"),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="真的清理；不写则只列出会清理什么。")] = False,
) -> None:
    """清理旧审查的逐人明细：已公布的、每批次最新的、作比较基准的一律保留；时点、规则、摘要和各结论人数也保留。"""
    open_installation()
    from django.conf import settings

    from biye.audit.actions.clearing import clear_run
    from biye.audit.queries.clearing import runs_to_clear
    from biye.foundation.actor import SYSTEM
    from biye.foundation.moments import CHINA
    from biye.machinery import clock

    at, keep = clock.now(), timedelta(days=days or settings.INSTALLATION.keep_outcomes_days)
    found = runs_to_clear(keep, at)
    for run in found:
        if yes:
            clear_run(run.pk, keep=keep, by=SYSTEM, at=at)
        moment = run.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        typer.echo(f"{run.season.label} {moment} {run.get_purpose_display()}，{run.students:,} 名学生的明细")
    what = "已清理" if yes else "可以清理"
    hint = "；加 --yes 才会清理" if found and not yes else ""
    typer.echo(
        f"{keep.days} 天以前的审查，{what} {len(found)} 次，共 {sum(run.students for run in found):,} 行明细{hint}"
    )

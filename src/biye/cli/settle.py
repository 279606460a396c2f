"""Settle 到期结转: for whatever calls commands by the clock; the work itself is a job that `biye work` picks up."""

from typing import Annotated, NoReturn

import typer

from biye.cli.installation import NOT_DONE, open_installation

app = typer.Typer(add_completion=False)


@app.command()
def settle(
    season: Annotated[str, typer.Option("--season", metavar="批次", help="批次文件的名称，如 2022-autumn。")],
) -> None:
    """结转已过的截止时刻：逾期未办的，按批次日程写明的后果处理，并留下凭证。重复执行、延后执行，结果都一样。"""
    open_installation()
    from biye.casework.queries.settlements import due_entries
    from biye.foundation.actor import SYSTEM
    from biye.machinery import clock
    from biye.machinery.jobs.actions.submit import submit
    from biye.seasons.models.season import Season
    from biye.seasons.queries.seasons import season_file

    found = Season.objects.filter(stem=season).first()
    if found is None:
        _stop(f"没有批次 {season}：先在学院端建立")
    at = clock.now()
    for entry in due_entries(found.pk, at):
        arguments: dict[str, object] = {"season_id": found.pk, "entry": entry}
        label = season_file(found.stem).calendar[entry].label
        job = submit(kind="settle_deadline", about=f"{found.label} {label}", arguments=arguments, by=SYSTEM, at=at)
        typer.echo(f"已交给后台任务：{job.title}（第 {job.pk} 号）")


def _stop(line: str) -> NoReturn:
    typer.echo(line, err=True)
    raise typer.Exit(NOT_DONE)

"""Remind 提醒: for whatever calls commands by the clock; the work itself is a job that `biye work` picks up."""

from typing import Annotated, NoReturn

import typer

from biye.cli.installation import NOT_DONE, open_installation

app = typer.Typer(add_completion=False)


@app.command()
def remind(
    season: Annotated[str, typer.Option("--season", metavar="批次", help="批次文件的名称，如 2022-autumn。")],
    at: Annotated[
        str, typer.Option("--at", metavar="时点", help="按哪一刻提醒，如 “2022-06-14 09:00”；不写则为办理时。")
    ] = "",
) -> None:
    """提醒还没有办的学生，并发出等待中的通知：交给后台任务进程（biye work）。安静时段不提醒；重复执行不会重复提醒。"""
    open_installation()
    from biye.foundation.actor import SYSTEM
    from biye.foundation.moments import moment
    from biye.machinery import clock
    from biye.machinery.jobs.actions.submit import submit
    from biye.seasons.models.season import Season
    from biye.seasons.queries.schools import school

    found = Season.objects.filter(stem=season).first()
    if found is None:
        _stop(f"没有批次 {season}：先在学院端建立")
    arguments: dict[str, object] = {"season_id": found.pk}
    if at:
        try:
            arguments["at"] = moment(at, school().zone).isoformat()
        except ValueError:
            _stop(f"--at 的“{at}”不是时刻：请写成 2022-06-14 09:00 的样子")
    job = submit(kind="remind_due", about=found.label, arguments=arguments, by=SYSTEM, at=clock.now())
    typer.echo(f"已交给后台任务：{job.title}（第 {job.pk} 号）")


def _stop(line: str) -> NoReturn:
    typer.echo(line, err=True)
    raise typer.Exit(NOT_DONE)

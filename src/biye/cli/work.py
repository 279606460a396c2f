"""Worker 后台任务进程: does the imports, audits and exports that people asked for on the pages."""

from typing import Annotated

import typer

from biye.cli.installation import open_installation

app = typer.Typer(add_completion=False)


@app.command()
def work(until_empty: Annotated[bool, typer.Option("--until-empty", help="做完现有的任务就结束。")] = False) -> None:
    """后台任务进程：逐个完成导入、审查、导出等任务；可在多台机器上开任意多个。"""
    open_installation()
    from biye.machinery.jobs.worker import work as do

    do(until_empty=until_empty)

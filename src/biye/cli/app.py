"""Command line 命令行: the entry point of `biye`."""

from importlib.metadata import version
from typing import Annotated

import typer

app = typer.Typer(help="毕业资格审查。", no_args_is_help=True, add_completion=False)


def show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"biye {version('biye')}")
        raise typer.Exit


@app.callback()
def main(
    shown: Annotated[bool, typer.Option("--version", callback=show_version, is_eager=True, help="显示版本。")] = False,
) -> None:
    """毕业资格审查：读入表格，给出每名学生的结论和理由。"""

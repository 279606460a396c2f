"""Administration 系统维护: Django's own commands (migrate, collectstatic …) on this installation."""

import typer

from biye.cli.installation import open_installation

app = typer.Typer(add_completion=False)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def manage(context: typer.Context) -> None:
    """系统维护：migrate、collectstatic 等 Django 命令，作用于 BIYE_… 环境变量所指的安装。"""
    open_installation()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["biye manage", *context.args])

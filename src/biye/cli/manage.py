"""Administration 系统维护: Django's own commands (migrate, createsuperuser …) on this installation."""

import os
import sys

import typer

app = typer.Typer()


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def manage(context: typer.Context) -> None:
    """系统维护：migrate、db_worker 等 Django 命令，作用于 BIYE_… 环境变量所指的安装。"""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biye.project.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["biye manage", *context.args])
    except ImproperlyConfigured as wrong:
        typer.echo(str(wrong), err=True)
        sys.exit(2)

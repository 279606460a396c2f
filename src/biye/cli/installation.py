"""Installation 安装: opened by the commands that work on a school's own data."""

import os

import typer

NOT_DONE = 2


def open_installation() -> None:
    """Start Django on the installation that the BIYE_… variables describe, or stop with what is wrong with them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biye.project.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(NOT_DONE) from None

"""Command line 命令行: the entry point of `biye`. A command's own module is read when it is called, not before."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from biye.cli.chinese import NoArguments, UsageError, in_chinese, mistake, translated

WRONG_USE = 2
# command → (module below biye.cli, what it does)
COMMANDS = {
    "audit": ("audit", "审查：读入一个文件夹的表格，写出每名学生的结论和理由。"),
    "sample": ("sample", "编造一所学校的学生，写成表格，供试用和练习。"),
    "school": ("school", "学校规则：检查、新建、输出编辑器用的格式说明。"),
    "photo": ("photo", "毕业照片：检查、标准化、比对。"),
    "demo": ("demo", "演示：两所学校各一个网站，数据全部是编造的。"),
    "work": ("work", "后台任务进程：逐个完成导入、审查、导出等任务。"),
    "remind": ("remind", "提醒：提醒还没有办的学生，发出等待中的通知。"),
    "settle": ("settle", "到期结转：逾期未办的，按批次日程写明的后果处理，并留下凭证。"),
    "tidy": ("tidy", "清理：删去旧审查的逐人明细；先列出数目，确认后才删。"),
    "ledger": ("ledger", "操作留痕：校验。"),
    "manage": ("manage", "系统维护：migrate、collectstatic 等 Django 命令，作用于 BIYE_… 环境变量所指的安装。"),
}


class LazyGroup(TyperGroup):
    """A group that knows its commands by name and loads only the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A name and one line of help, enough for the list of commands."""
        entry = COMMANDS.get(cmd_name)
        return TyperCommand(cmd_name, help=entry[1]) if entry else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The real command."""
        if args and args[0] in COMMANDS:
            module = import_module(f"biye.cli.{COMMANDS[args[0]][0]}")
            return args[0], in_chinese(get_command(module.app)), args[1:]
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: Any) -> str:
        return translated(super().get_help(ctx))

    def make_context(self, *args: Any, **extra: Any) -> Any:
        with speaking_chinese():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        with speaking_chinese():
            return super().invoke(ctx)


@contextmanager
def speaking_chinese() -> Iterator[None]:
    """Whoever calls a command the wrong way is told in Chinese; exit status 2."""
    try:
        yield
    except NoArguments as wanted:
        typer.echo(wanted.format_message(), err=True)
        raise typer.Exit(WRONG_USE) from None
    except UsageError as error:
        typer.echo(mistake(error), err=True)
        raise typer.Exit(WRONG_USE) from None


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def show_version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        from importlib.metadata import version

        typer.echo(f"biye {version('biye')}")
        raise typer.Exit


@app.callback()
def main(
    shown: Annotated[bool, typer.Option("--version", callback=show_version, is_eager=True, help="显示版本。")] = False,
) -> None:
    """毕业资格审查：读入表格，给出每名学生的结论和理由。"""

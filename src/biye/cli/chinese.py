"""Help and mistakes in Chinese 命令行的中文: what Typer would say in English about options and their use."""

import re
from typing import Any

from typer._click import exceptions

_HELP = (
    (re.compile(r"^Usage: ", re.MULTILINE), "用法："),
    (re.compile(r"^Options:$", re.MULTILINE), "选项："),
    (re.compile(r"^Arguments:$", re.MULTILINE), "参数："),
    (re.compile(r"^Commands:$", re.MULTILINE), "命令："),
    (re.compile(r"Show this message and exit\."), "显示本说明。"),
    (re.compile(r"\[required\]"), "[必填]"),
    (re.compile(r"\[default: (.*?)\]", re.DOTALL), r"[默认 \1]"),
    (re.compile(r"\[OPTIONS\]"), "[选项]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "命令 [参数]"),
)
_MISTAKES = (
    (re.compile(r"No such command '(.*)'\."), r"没有命令 \1"),
    (re.compile(r"No such option: (\S+)"), r"没有选项 \1"),
    (re.compile(r"Got unexpected extra arguments? \((.*)\)"), r"多余的参数：\1"),
    (re.compile(r"Option '(.*)' requires an argument\."), r"选项 \1 后面要写值"),
    (re.compile(r"Missing (?:option|argument|parameter) '(.*?)'.*"), r"缺少 \1"),
    (re.compile(r"Invalid value for '(.*?)'.*?: (.*)"), r"\1 的值不对：\2"),
    (re.compile(r"Missing command\."), "缺少命令"),
)
_VALUES = (
    (re.compile(r"Input should be a valid integer.*"), "不是整数"),
    (re.compile(r"Input should be greater than or equal to (.*)"), r"不得小于 \1"),
    (re.compile(r"Input should be less than or equal to (.*)"), r"不得大于 \1"),
)
UsageError, NoArguments = exceptions.UsageError, exceptions.NoArgsIsHelpError


def in_chinese(command: Any) -> Any:
    """The command, and every one below it, with plain help in Chinese."""
    command.rich_markup_mode = None
    english = command.get_help
    command.get_help = lambda context: translated(english(context))
    for inner in getattr(command, "commands", {}).values():
        in_chinese(inner)
    return command


def translated(text: str) -> str:
    """A page of help."""
    for pattern, chinese in _HELP:
        text = pattern.sub(chinese, text)
    return text


def mistake(error: exceptions.UsageError) -> str:
    """What was wrong with the way a command was called, and where its help is."""
    message = _first(_MISTAKES, error.format_message())
    path = error.ctx.command_path if error.ctx is not None else "biye"
    return f"{message}（用法见 {path} --help）"


def _first(patterns: tuple[tuple[re.Pattern[str], str], ...], text: str) -> str:
    """The text by the first pattern that fits the whole of it; of a wrong value also what is wrong with it."""
    for pattern, chinese in patterns:
        if found := pattern.fullmatch(text):
            if found.lastindex == 2:
                return chinese.replace(r"\1", found[1]).replace(r"\2", _first(_VALUES, found[2]))
            return found.expand(chinese)
    return text

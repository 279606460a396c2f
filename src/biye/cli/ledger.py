"""Ledger 操作留痕 on the command line: verify that the chain holds."""

import typer

from biye.cli.installation import open_installation

app = typer.Typer(help="操作留痕：校验。", no_args_is_help=True, add_completion=False)


@app.callback()
def main() -> None:
    """操作留痕。"""


@app.command()
def verify() -> None:
    """从头校验整条操作留痕；有改动、删除或插入时逐条指出，退出码为 1。"""
    open_installation()
    from biye.machinery.ledger.chain import breaks
    from biye.machinery.ledger.models.entry import Entry

    found = list(breaks())
    for one in found:
        typer.echo(f"第 {one.entry} 条：{one.what}" if one.entry else one.what, err=True)
    typer.echo(f"共 {Entry.objects.count():,} 条操作留痕，{f'{len(found)} 处不符' if found else '校验通过'}")
    if found:
        raise typer.Exit(1)

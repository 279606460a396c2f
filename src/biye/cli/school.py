"""学校规则 on the command line: check a school folder, begin one, write the schemas for editors."""

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer

app = typer.Typer(help="学校规则：检查、新建、输出编辑器用的格式说明。", no_args_is_help=True, add_completion=False)


@app.command()
def check(school: Annotated[str, typer.Argument(help="随附学校的名称，或任一学校文件夹。")]) -> None:
    """检查一所学校的全部文件，并跑它的案例；有差错时逐条列出，退出码为 1。"""
    from biye.audit.core.checking import check_school
    from biye.seasons.core.trouble import SchoolRefused

    try:
        checked = check_school(school)
    except SchoolRefused as refusal:
        _refuse(refusal)
    for trouble in checked.troubles:
        typer.echo(str(trouble), err=True)
    rules = sum(len(loaded.programme.rules) for loaded in checked.seasons.values())
    typer.echo(
        f"{checked.folder.resolve().name}：批次 {len(checked.seasons)} 个，规则 {rules} 条，案例 {checked.cases} 个"
    )
    if checked.troubles:
        typer.echo(f"有 {len(checked.troubles)} 处需要改正", err=True)
        raise typer.Exit(1)
    typer.echo("检查通过")


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="学校名称，也是文件夹的名称。")],
    folder: Annotated[Path, typer.Option("--folder", help="建在哪个文件夹中。")] = Path(),
) -> None:
    """按带注释的样板新建一所学校。"""
    from biye.audit.core.founding import found_school
    from biye.seasons.core.trouble import SchoolRefused

    try:
        made = found_school(name, folder)
    except SchoolRefused as refusal:
        _refuse(refusal)
    typer.echo(f"已建立 {made}：请从 school.yaml 改起，每改一处就运行 biye school check {made}")


@app.command()
def schema(
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹。")] = Path("schemas"),
) -> None:
    """写出 JSON Schema：编辑器据此补全键名、标出错误。"""
    from biye.audit.core.schemas import schemas

    out.mkdir(parents=True, exist_ok=True)
    for name, content in schemas().items():
        (out / name).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
        typer.echo(str(out / name))


def _refuse(refusal: Exception) -> NoReturn:
    typer.echo(str(refusal), err=True)
    raise typer.Exit(1)

"""biye sample 编造: sheets of students who do not exist, for any school's season."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False)
NOT_DONE = 2


@app.command()
def sample(
    school: Annotated[str, typer.Option("--school", metavar="学校", help="随附学校的名称，或任一学校文件夹。")],
    season: Annotated[str, typer.Option("--season", metavar="批次", help="批次文件的名称，如 2022-autumn。")],
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪个文件夹，没有就建。")],
    students: Annotated[
        int, typer.Option("--students", metavar="人数", min=1, max=1_000_000, help="编造多少名学生。")
    ] = 2000,
    seed: Annotated[
        int, typer.Option("--seed", metavar="种子", min=0, help="种子；同一种子写出的文件逐字节相同。")
    ] = 1,
) -> None:
    """编造一所学校的学生，写成表格。没有一个是真人：姓名随机，证件号码的地区码并不存在。"""
    from biye.audit.core.loading import load_season
    from biye.audit.core.sample.invention import invent
    from biye.seasons.core.trouble import SchoolRefused

    try:
        loaded = load_season(school, season)
    except SchoolRefused as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(NOT_DONE) from None
    invention = invent(loaded, students, seed)
    try:
        out.mkdir(parents=True, exist_ok=True)
        names = write(out, invention)
    except OSError as error:
        typer.echo(f"写不了 {out}：{error.strerror}", err=True)
        raise typer.Exit(NOT_DONE) from None
    typer.echo(f"已编造 {loaded.school.school} {loaded.season.season} {students:,} 名学生：{'、'.join(names)}")


def write(folder: Path, invention: object) -> list[str]:
    """The invented sheets as workbooks, a sheet too long for one as .csv; the names of the files."""
    from itertools import groupby

    from biye.audit.core.sample.sheets import sheets
    from biye.cli.files import replacing
    from biye.machinery.exchange.core.writer import Page, workbook, write_csv

    names = []
    for file, group in groupby(sheets(invention), key=lambda sheet: sheet.file):  # type: ignore[arg-type]
        short = []
        for sheet in group:
            page = Page(sheet.name, list(sheet.columns), zip(*sheet.columns.values(), strict=True))
            if len(sheet) < MOST_ROWS:
                short.append(page)
                continue
            names.append(f"{file}-{sheet.name}.csv")
            with replacing(folder / names[-1]) as stream:
                stream.write(write_csv(page))
        if short:
            names.append(f"{file}.xlsx")
            with replacing(folder / names[-1]) as stream:
                stream.write(workbook(short))
    return names


MOST_ROWS = 200_000  # of a worksheet; longer sheets are better kept as .csv

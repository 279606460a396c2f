"""毕业照片 on the command line: check, standardise, compare, find swapped files, calibrate the comparison."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from biye.cli.photo_files import Notes
    from biye.photos.core.check import Roster
    from biye.photos.core.specification import Specification
    from biye.photos.core.tasks import Face, File

app = typer.Typer(help="毕业照片：检查、标准化、比对。", no_args_is_help=True, add_completion=False)

Files = Annotated[list[Path], typer.Argument(help="照片文件，或存放照片的文件夹（含子文件夹）。", show_default=False)]
Spec = Annotated[str, typer.Option("--spec", help="照片规格：学校/批次，或规格文件（.yaml）。")]
Processes = Annotated[int, typer.Option("--processes", min=1, help="同时用几个进程。")]
Out = Annotated[Path | None, typer.Option("--out", help="写到哪个文件：.jsonl、.xlsx 或 .csv。")]
USUAL_SPEC = "cslg-adult/2021-summer"
CORES = os.cpu_count() or 1


@app.command()
def check(
    files: Files,
    spec: Spec = USUAL_SPEC,
    students: Annotated[
        Path | None,
        typer.Option("--students", help="学生表所在的文件夹（同 audit 的 --data）；据以核对文件名是否本校学生。"),
    ] = None,
    out: Out = None,
    processes: Processes = CORES,
) -> None:
    """检查照片是否合乎规格。不写 --out 时把说明打印在屏幕上；写 --out 时可随时中断，再运行同一命令即接着做。

    只判能如实测量的各项；眼镜、佩饰等须由人看，逐项列出。退出码：0 完成，1 完成但有文件不能打开，2 没有完成。
    """
    from biye.cli.photo_files import ReportFile, listed, report_problem, working
    from biye.photos.core import crew, tasks

    specification, models = _specification(spec), _models()
    roster = _roster(students, specification)
    wanted = listed(files)
    if out is not None and (problem := report_problem(out)):
        _stop(problem)
    report = ReportFile(out, f"{specification.digest} {sorted((roster.students or {}).items())}")
    rows = report.begin(wanted)
    left = [file for file in wanted if file.shown not in rows]
    arguments = (models, specification, roster)
    with working("检查", len(wanted), len(rows)) as step:
        for file, result in crew.run(left, tasks.checker, arguments, processes=processes):
            rows[file.shown] = report.add(_row(file, result))
            step()
    report.finish([rows[file.shown] for file in wanted])
    _summarise([rows[file.shown] for file in wanted], out)


@app.command()
def standardise(
    files: Files,
    out: Annotated[Path, typer.Option("--out", help="做好的照片放在哪个文件夹；原图不动。")],
    spec: Spec = USUAL_SPEC,
    processes: Processes = CORES,
) -> None:
    """从其他照片做出合乎规格的照片，逐项记下做了什么；不能如实做成的，说明原因。可中断后接着做。

    退出码：0 全部做成，1 有的未做成，2 没有进行。
    """
    from biye.cli.photo_files import ReportFile, listed, same_names, working
    from biye.photos.core import crew, tasks

    specification, models = _specification(spec), _models()
    if not specification.standardise:
        _stop("该规格不允许标准化")
    wanted = listed(files)
    if clash := same_names(wanted):
        _stop(f"有两个文件会做成同名的照片：{clash}")
    out.mkdir(parents=True, exist_ok=True)
    report = ReportFile(out / "operations.jsonl", specification.digest)
    rows = report.begin(wanted)
    rows = {shown: row for shown, row in rows.items() if row["made"] is None or (out / row["made"]).exists()}
    left = [file for file in wanted if file.shown not in rows]
    with working("标准化", len(wanted), len(rows)) as step:
        for file, result in crew.run(left, tasks.maker, (models, specification, out), processes=processes):
            rows[file.shown] = report.add(_row(file, result))
            step()
    report.finish([rows[file.shown] for file in wanted])
    made = [row for row in rows.values() if row["made"] is not None]
    for row in rows.values():
        if row["made"] is None:
            typer.echo(f"{row['file']}：{row['refused']}", err=True)
    typer.echo(f"做成 {len(made)} 张，未做成 {len(rows) - len(made)} 张；每张做了什么见 {out / 'operations.jsonl'}")
    raise typer.Exit(1 if len(made) < len(rows) else 0)


@app.command()
def compare(one: Path, other: Path, spec: Spec = USUAL_SPEC) -> None:
    """比对两张照片是否同一人。只作参考，以学信网的结果为准。"""
    from biye.photos.core import bands, crew, likeness, tasks

    specification = _specification(spec)
    files = [tasks.File(path, str(path)) for path in (one, other)]
    faces = {
        file.shown: _face(file.shown, result)
        for file, result in crew.run(files, tasks.looker, (_models(),), processes=1)
    }
    refused = [face.refused for face in faces.values() if face.refused is not None]
    if refused:
        _stop("\n".join(f"{row['file']}：{row['refused']}" for row in refused))
    vectors = [face.vector for face in faces.values() if face.vector is not None]
    result = likeness.compare(vectors[0], vectors[-1], specification.comparison)
    limits = specification.comparison
    typer.echo(f"{result.advice.chinese}：相似度 {bands.shown(result.score, 2)}")
    typer.echo(
        f"（{bands.shown(limits.consistent_from, 2)} 以上像同一人，不到 {bands.shown(limits.mismatch_below, 2)} 不像，"
        "其间请人看；只作参考，以学信网的结果为准）"
    )


@app.command()
def swap(
    enrolment: Annotated[Path, typer.Argument(help="录取照片文件夹；两边以相同的文件名对应同一名学生。")],
    graduation: Annotated[Path, typer.Argument(help="毕业照片文件夹。")],
    spec: Spec = USUAL_SPEC,
    out: Out = None,
    processes: Processes = CORES,
) -> None:
    """找出疑似放错的毕业照片（更像另一名学生），以及同一张脸或同一个文件出现在两人名下的。

    写 --out 时可中断后接着做；人脸特征只在做完之前暂存在报告旁，做完即删。退出码：0 完成，1 有照片不能用，2 没有进行。
    """
    from biye.cli.photo_files import Notes, report_problem, write_rows
    from biye.photos.core import carriers, cohort

    limits = _specification(spec).comparison
    if out is not None and (problem := report_problem(out)):
        _stop(problem)
    notes = Notes(out, f"faces {carriers.LIKENESS.sha256}")
    before, after = _faces([enrolment, graduation], processes, notes)
    vectors = [
        {key: face.vector for key, face in faces.items() if face.vector is not None} for faces in (before, after)
    ]
    digests = {key: face.sha256 for key, face in after.items() if face.sha256}
    rows: list[dict[str, Any]] = [
        {"kind": "更像他人", "file": found.student, "other": found.other, "score": found.score / 1000}
        | {"own": None if found.own is None else found.own / 1000}
        for found in cohort.swapped(vectors[0], vectors[1], limits)
    ]
    rows += [
        {"kind": "同一文件" if found.is_same_file else "同一张脸", "file": found.one, "other": found.other}
        | {"score": found.score / 1000, "own": None}
        for found in cohort.repeated(vectors[1], digests, limits)
    ]
    if out is not None:
        write_rows(
            out, rows, {"kind": "情形", "file": "照片", "other": "对应的另一人", "score": "相似度", "own": "与本人"}
        )
        notes.drop()
    for row in rows if out is None else ():
        own = "" if row["own"] is None else f"，与本人的录取照片只有 {row['own']:.2f}"
        typer.echo(f"{row['kind']}：{row['file']} ↔ {row['other']}（相似度 {row['score']:.2f}{own}）")
    refused = [face.refused for faces in (before, after) for face in faces.values() if face.refused is not None]
    for row in refused:
        typer.echo(f"{row['file']}：{row['refused']}", err=True)
    typer.echo(f"录取照片 {len(before)} 张，毕业照片 {len(after)} 张，需人工看 {len(rows)} 处")
    raise typer.Exit(1 if refused else 0)


@app.command()
def calibrate(
    folder: Annotated[Path, typer.Argument(help="一人一个子文件夹，每人两张以上照片。")],
    out: Out = None,
    processes: Processes = CORES,
) -> None:
    """用本校的照片测定比对的误识率和拒识率，建议两个界限。照片只在本机处理，不另存。

    写 --out 时可中断后接着做；人脸特征只在做完之前暂存在报告旁，做完即删。退出码：0 给出建议，2 不能给出。
    """
    from biye.cli.photo_files import Notes, report_problem, write_rows
    from biye.photos.core import bands, calibration, carriers

    if out is not None and (problem := report_problem(out)):
        _stop(problem)
    notes = Notes(out, f"faces {carriers.LIKENESS.sha256}")
    people: dict[str, list[Any]] = {}
    for name, face in _faces([folder], processes, notes)[0].items():
        if face.refused is not None:
            typer.echo(f"{face.refused['file']}：{face.refused['refused']}", err=True)
        else:
            people.setdefault(str(Path(name).parent), []).append(face.vector)
    found = calibration.calibrate(people)
    typer.echo(f"{found.people} 人，同一人 {found.same_pairs} 对，不同人 {found.different_pairs} 对")
    typer.echo("界限    误识率    拒识率")
    curves = [
        {"threshold": mark / 1000, "false_accept": found.false_accept(mark), "false_reject": found.false_reject(mark)}
        for mark in calibration.SHOWN
    ]
    for row in curves:
        typer.echo(f"{row['threshold']:.2f}  {row['false_accept']:8.3%}  {row['false_reject']:8.3%}")
    if out is not None:
        write_rows(out, curves, {"threshold": "界限", "false_accept": "误识率", "false_reject": "拒识率"})
        notes.drop()
    if not found.is_enough:
        _stop("照片太少，不足以建议界限：同一人至少 20 对，不同人至少 1000 对")
    if found.suggested is None:
        _stop("不同人的照片中有几乎相同的脸（例如同一张照片放在两人名下），不能建议界限；请先用 swap 清查")
    mismatch, consistent = (bands.shown(threshold, 2) for threshold in found.suggested)
    typer.echo(f"误识率即使一次未见，也只能说大约低于 {found.surely_below:.3%}")
    typer.echo(f"建议写入照片规格：comparison: {{consistent_from: {consistent}, mismatch_below: {mismatch}}}")


def _specification(name: str) -> "Specification":
    from biye.photos.core import specification
    from biye.seasons.core.trouble import SchoolRefused

    try:
        return specification.load(name)
    except SchoolRefused as refusal:
        _stop(str(refusal))


def _models() -> Path:
    """The folder of model files, verified once here so that the reason is said once and plainly."""
    from biye.foundation.errors import Refused
    from biye.photos.core import carriers, sentences

    folder = Path(os.environ.get("BIYE_PHOTO_MODELS", "") or carriers.usual_folder())
    try:
        carriers.verified(folder)
    except Refused as refusal:
        _stop("照片检查不能进行：" + "".join(map(sentences.refusal, refusal.reasons)))
    return folder


def _roster(students: Path | None, specification: "Specification") -> "Roster":
    from biye.cli.photo_files import read_students
    from biye.photos.core.check import Roster

    if students is None:
        return Roster(officer_numbers=specification.officer_numbers)
    numbers = read_students(students)
    if not numbers:
        _stop(f"{students} 的表格中没有读到学生的证件号码")
    return Roster({Roster.key(number): student for number, student in numbers.items()}, specification.officer_numbers)


def _faces(folders: list[Path], processes: int, notes: "Notes") -> list[dict[str, "Face"]]:
    """The faces of each folder's files, by path within the folder without the ending."""
    from biye.cli.photo_files import face_noted, face_row, listed, working
    from biye.photos.core import crew, tasks

    models = _models()
    for folder in folders:
        if not folder.is_dir():
            _stop(f"没有文件夹 {folder}")
    inside = [listed([folder]) for folder in folders]
    wanted = {file.shown: file for files in inside for file in files}
    rows = notes.begin(list(wanted.values()))
    left = [file for shown, file in wanted.items() if shown not in rows]
    with working("读取", len(wanted), len(rows)) as step:
        for file, result in crew.run(left, tasks.looker, (models,), processes=processes):
            rows[file.shown] = notes.add(face_row(file.shown, _face(file.shown, result)))
            step()
    return [
        {
            file.path.relative_to(folder).with_suffix("").as_posix(): face_noted(rows[file.shown])
            for file in sorted(files, key=lambda file: file.path.relative_to(folder).with_suffix("").as_posix())
        }
        for folder, files in zip(folders, inside, strict=True)
    ]


def _face(shown: str, result: Any) -> "Face":
    from biye.photos.core import crew, reports
    from biye.photos.core.tasks import Face

    return Face("", None, reports.not_made(shown, result.reason)) if isinstance(result, crew.Lost) else result


def _row(file: "File", result: Any) -> dict[str, Any]:
    """A report row, also for a file whose process broke down."""
    from biye.photos.core import crew, reports

    if isinstance(result, crew.Lost):
        return reports.not_made(file.shown, result.reason) | {"verdict": "fail", "checks": [], "sha256": None}
    return dict(result)


def _summarise(rows: list[dict[str, Any]], out: Path | None) -> NoReturn:
    """What was found, in numbers; in full where nothing is written to a file."""
    from biye.photos.core import reports
    from biye.photos.core.answers import Answer

    if out is None:
        for row in rows:
            typer.echo(f"{row['file']}：{reports.verdict_words(row)}")
            if row["refused"]:
                typer.echo(f"  {row['refused']}")
            for found in row["checks"]:
                if found["verdict"] != Answer.PASS:
                    typer.echo(f"  {Answer(found['verdict']).chinese}　{found['sentence']}")
    counts = {
        answer: sum(row["verdict"] == answer for row in rows) for answer in (Answer.PASS, Answer.REVIEW, Answer.FAIL)
    }
    said = "，".join(f"{reports.VERDICTS[answer]} {count} 张" for answer, count in counts.items())
    typer.echo(f"共 {len(rows)} 张：{said}", err=out is None)
    raise typer.Exit(1 if any(row["refused"] for row in rows) else 0)


def _stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(2)

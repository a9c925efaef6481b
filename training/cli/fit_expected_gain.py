"""The command `deblur-train fit-expected-gain`: fit which way of restoring a photo promises how much gain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.task import Progress, Task
from deblur_app.terminal import drive, print_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from deblur_app.blur.scene.layers import Cutout

ROWS, HELD_OUT_ROWS = "learnt.jsonl", "held-out.jsonl"
"""Names of the files of restored scenes."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("rows", type=Path, metavar="ROWS", help="folder of the restored scenes; what is there is kept")
    text = "sharp photographs to make scenes of; without it, only the scenes that are there serve"
    parser.add_argument("--photos", type=Path, metavar="DIR", help=text)
    parser.add_argument("--held-out", type=Path, metavar="DIR", help="others, which the figures are measured on")
    parser.add_argument("--cutouts", type=Path, metavar="DIR", help="pictures with transparency that move before them")
    parser.add_argument("--count", type=int, default=1000, metavar="N", help="scenes to learn from (default: 1000)")
    parser.add_argument("--held-out-count", type=int, default=300, metavar="N", help="others (default: 300)")
    text = "further restored scenes, .jsonl, which serve in the fit of the trees alone"
    parser.add_argument("--further", type=Path, metavar="FILE", help=text)
    parser.add_argument("--seed", type=int, default=170)
    parser.add_argument("--out", type=Path, metavar="FILE", help="the model, .json; without it, only scenes are made")
    parser.add_argument("--report", type=Path, metavar="FILE", help="tables of figures (.md), with a diagram (.svg)")


def run(arguments: argparse.Namespace) -> int:
    """Make what scenes are missing, fit the model, and return the exit code."""
    for path in (arguments.out, arguments.report):
        if path and path.exists():
            raise DeblurError(f"“{path}” exists already and is never overwritten. Choose another file.")
    from training.fit.expected_gain.held_out import fit_model, predict_scenes
    from training.fit.expected_gain.model_files import describe_figures, draw_diagram, write_model
    from training.fit.expected_gain.scene_rows import read_rows
    from training.scenes.scene_photo import read_cutouts

    cutouts = read_cutouts(arguments.cutouts) if arguments.cutouts else []
    arguments.rows.mkdir(parents=True, exist_ok=True)
    for name, folder, count, seed in (
        (HELD_OUT_ROWS, arguments.held_out, arguments.held_out_count, arguments.seed + 1),
        (ROWS, arguments.photos, arguments.count, arguments.seed),
    ):
        if folder:
            drive(_make_rows(arguments.rows / name, file_names.pictures_in(folder), count, seed, cutouts))
    if not arguments.out:
        return 0
    learnt, held_out = (read_rows(arguments.rows / name) for name in (ROWS, HELD_OUT_ROWS))
    further = read_rows(arguments.further) if arguments.further else []
    model = fit_model(learnt, further)
    counts = {"scenes": len(learnt), "further": len(further), "photographs": len({row.photo for row in learnt})}
    write_model(arguments.out, model, {**counts, "seed": arguments.seed})
    limits = f"threshold {model.threshold:.2f} dB, cost of risk {model.cost_of_risk:g} dB"
    print_line(f"{len(learnt)} scenes, {limits}: {arguments.out}")
    if held_out:
        predictions = predict_scenes(held_out, model)
        figures = describe_figures(predictions, model)
        print_line(figures)
        if arguments.report:
            write_atomic(arguments.report, figures.encode())
            write_atomic(arguments.report.with_suffix(".svg"), draw_diagram(predictions).encode())
    return 0


def _make_rows(path: Path, photos: Sequence[Path], count: int, seed: int, cutouts: Sequence[Cutout]) -> Task[None]:
    from training.fit.expected_gain.scene_rows import add_rows

    def pass_over(photo: Path, error: DeblurError) -> None:
        print_line(f"“{photo.name}” is left out: {error}")

    for share in add_rows(path, photos, count=count, seed=seed, cutouts=cutouts, pass_over=pass_over):
        yield Progress(share, "Restoring scenes")

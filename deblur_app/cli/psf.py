"""`deblur psf`: the point spread function of a photo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.cli.options import psf_option
from deblur_app.cli.photos import add_json, check_new_file, photo_path, tell_other_name
from deblur_app.cli.pipes import format_name, name_of
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.targets import ProtectedFiles, Target
from deblur_app.engine import psf_tasks, tasks
from deblur_app.engine.estimation import search
from deblur_app.terminal import drive, print_error, print_line

if TYPE_CHECKING:
    import argparse

    from deblur_app.engine.estimation.psf_estimate import PsfEstimate


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.description = "Estimates the point spread function of a photo: how each point of the scene was blurred."
    add = parser.add_argument
    add("photo", type=photo_path, metavar="PHOTO", help="a picture, or - for stdin")
    add("--kind", default=search.AUTO, choices=[choice.value for choice in search.KINDS],
        help="the kind of blur to look for (default: automatic)")  # fmt: skip
    add(
        "--region",
        type=_region,
        metavar="X,Y,W,H",
        help="the part to use, in pixels (default: the one that shows the blur best)",
    )
    add("--point", action="store_true", help="the region holds a star or lamp: take its picture as the PSF")
    add(
        "--grid",
        type=psf_option.parse_grid_size,
        metavar="COLUMNSxROWS",
        help="one PSF for each region of the frame; written as .npz, or as a picture of all of them",
    )
    text = "the PSF at every place of the frame, for a camera that turned; written as .npz or a picture"
    add("--field", action="store_true", help=text)
    add(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help=f"write the PSF, as {', '.join(kernel_files.WRITABLE)} or .npz",
    )
    add("--overwrite", action="store_true", help="replace a file that exists already; never the photo")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Estimate a PSF, tell it, write it where that is asked for, and return the exit code.

    Raises:
        DeblurError: The photo cannot be read, nothing shows the blur, or the file cannot be written.
    """
    if options.point and not options.region:
        raise DeblurError("--point needs --region X,Y,W,H around the star or lamp.")
    if options.field and (options.grid or options.region or options.kind != search.AUTO):
        raise DeblurError("--field looks at the whole frame by itself: leave out --grid, --region and --kind.")
    target = _target(options) if options.output else None
    picture = drive(tasks.open_picture(options.photo))
    if options.point:
        estimate = drive(psf_tasks.from_point(picture, options.region))
    elif options.field:
        estimate = drive(psf_tasks.estimate_field(picture))
    elif options.grid:
        columns, rows = options.grid
        estimate = drive(psf_tasks.estimate_grid(picture, rows, columns, options.kind))
    else:
        estimate = drive(psf_tasks.estimate(picture, options.kind, options.region))
    output = kernel_files.write_psf(estimate.psf, target) if target and estimate.psf is not None else None
    if output:
        tell_other_name(options.output, output)
    if output and estimate.psf is not None and (loss := kernel_files.describe_loss(estimate.psf, output)):
        print_error(loss)
    if options.json:
        print_line(json.dumps(_as_json(estimate, output, picture.note, options)))
        return 0
    print_line(f"{format_name(options.photo, options)}: {estimate.label}")
    if picture.note:
        print_error(picture.note)
    return 0


def _as_json(estimate: PsfEstimate, output: Path | None, note: str, options: argparse.Namespace) -> dict[str, object]:
    answer: dict[str, object] = {"input": name_of(options.photo, options), "label": estimate.label, "note": note}
    answer["confidence"] = round(float(estimate.confidence), 3)
    answer["blur"] = estimate.model.kind if estimate.model else None
    answer["values"] = dict(estimate.model.values) if estimate.model else {}
    answer["output"] = str(output) if output else None
    if estimate.psf and estimate.psf.uniform is not None:
        facts = kernel_arrays.describe(estimate.psf.uniform)
        answer |= {"side": facts.side, "extent": facts.extent, "centroid": facts.centroid}
    return answer


def _target(options: argparse.Namespace) -> Target:
    check_new_file(options.output, ProtectedFiles([options.photo]), may_replace=options.overwrite)
    return Target.at(options.output, may_replace=options.overwrite)


def _region(text: str) -> tuple[int, ...]:
    return psf_option.parse_numbers(text, ",", 4, "X,Y,W,H")

"""The command `deblur-train fit-diagnosis`: fit how the diagnosis combines the crops of a photo."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.terminal import drive, print_line

if TYPE_CHECKING:
    import argparse

    from deblur_app.engine.estimation.combination import Combiner


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("photos", type=Path, metavar="PHOTOS", help="sharp photographs to make realistic photos of")
    text = "others, by which the temperature is chosen"
    parser.add_argument("--held-out", type=Path, required=True, metavar="DIR", help=text)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the weights, .npz; a new file")
    parser.add_argument("--cutouts", type=Path, metavar="DIR", help="pictures with transparency that move before them")
    parser.add_argument("--count", type=int, default=2000, metavar="N", help="photos to make; an eighth held out")
    parser.add_argument("--seed", type=int, default=160)


def run(arguments: argparse.Namespace) -> int:
    """Fit the combining network, and return the exit code."""
    if arguments.out.exists():
        raise DeblurError(f"“{arguments.out}” exists already and is never overwritten. Choose another file.")
    from deblur_app.engine.estimation.blur_network import load_predictor
    from training.fit.diagnosis.combiner import fit_combiner, fit_temperature
    from training.fit.diagnosis.photo_summaries import summarize_photos
    from training.scenes.scene_photo import read_cutouts

    cutouts = read_cutouts(arguments.cutouts) if arguments.cutouts else []
    predict = load_predictor()
    learnt, validation = (
        drive(summarize_photos(file_names.pictures_in(folder), predict, count=count, seed=seed, cutouts=cutouts))
        for folder, count, seed in (
            (arguments.photos, arguments.count, arguments.seed),
            (arguments.held_out, max(arguments.count // 8, 1), arguments.seed + 1),
        )
    )
    combiner = fit_combiner(learnt)
    temperature = fit_temperature(combiner, validation.select(validation.is_whole))
    write_atomic(arguments.out, _file(combiner, temperature))
    print_line(f"{arguments.count} photos, temperature {temperature:.2f}: {arguments.out}")
    return 0


def _file(combiner: Combiner, temperature: float) -> bytes:
    """Return the weights as `combination.load_combiner` reads them."""
    arrays = {f"matrix_{number}": matrix for number, (matrix, _) in enumerate(combiner.layers)}
    arrays |= {f"offsets_{number}": offsets for number, (_, offsets) in enumerate(combiner.layers)}
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, temperature=np.float32(temperature), **arrays)
    return buffer.getvalue()

"""`deblur blur`: blurred photos from sharp ones, to try methods on and to train with."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.blur import kinds, psf
from deblur_app.blur.degrade import Degradation
from deblur_app.blur.kinds import BLURS, Blur
from deblur_app.cli_photos import add_output, expanded, report_failure, target
from deblur_app.core import files
from deblur_app.core.errors import DeblurError
from deblur_app.engine import tasks
from deblur_app.terminal import BAD_INPUT, complain, drive, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from deblur_app.blur.kinds import BlurKind
    from deblur_app.blur.psf import Kernel
    from deblur_app.core.picture import Picture


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.description = (
        "Blurs sharp photos the way cameras do: in linear light, with noise and compression. Each result stands "
        "beside its photo as NAME_blurred; the photos themselves never change."
    )
    add = parser.add_argument
    add("photos", nargs="+", type=Path, metavar="SHARP",
        help="a picture, or a folder: its pictures, without earlier results")  # fmt: skip
    blur = parser.add_mutually_exclusive_group(required=True)
    for kind in BLURS.values():
        blur.add_argument(f"--{kind.name}", dest=kind.name, metavar="NAME=VALUE,…", help=_help(kind))
    blur.add_argument("--kernel", type=Path, metavar="FILE", help="a blur kernel: a picture, or a NumPy file (.npy)")
    add("--noise", type=float, default=0.0, metavar="X",
        help="read noise: its standard deviation in linear light, as a share of white (default: none)")  # fmt: skip
    add("--photons", type=float, metavar="N", help="photons of a white pixel, for the noise of counting them")
    add("--highlights", type=float, default=1.0, metavar="GAIN",
        help="how much brighter than white the white spots were; lamps draw hard streaks (default: 1)")  # fmt: skip
    add("--jpeg", type=int, metavar="Q", help="JPEG compression of this quality, 1 to 100")
    add("--eight-bit", action="store_true", help="round a 16-bit photo to 8 bits")
    add("--seed", type=int, default=0, metavar="N", help="equal numbers give equal noise (default: 0)")
    add("--kernel-out", type=Path, metavar="FILE",
        help=f"write the kernel in the middle of the frame, as {', '.join(psf.WRITABLE)}")  # fmt: skip
    add_output(parser)


def _help(kind: BlurKind) -> str:
    knobs = (f"{p.name}={p.default:g} ({p.minimum:g} to {f'{p.maximum:g} {p.unit}'.rstrip()})" for p in kind.parameters)
    return f"{kind.label}: {', '.join(knobs)}"


def run(options: argparse.Namespace) -> int:
    """Blur the photos of `options`, and return the exit code: 2 where one of them could not be done.

    Raises:
        DeblurError: The settings are wrong, or the kernel cannot be read or written.
    """
    blur, told = _chosen(options)
    settings = Degradation(
        blur=blur,
        noise=options.noise,
        photons=options.photons,
        highlights=options.highlights,
        jpeg=options.jpeg,
        eight_bit=options.eight_bit,
        seed=options.seed,
    )
    photos, failures = expanded(options.photos, files.BLURRED)
    place = target(options, files.BLURRED)
    if options.kernel_out:
        _write_kernel(blur, options, photos)
    for photo, error in failures:
        report_failure(photo, error, as_json=options.json)
    failed = len(failures)
    for photo in photos:
        try:
            _blur_one(photo, settings, place, told, as_json=options.json)
        except DeblurError as error:
            report_failure(photo, error, as_json=options.json)
            failed += 1
    return BAD_INPUT if failed else 0


def _chosen(options: argparse.Namespace) -> tuple[Blur | Kernel, Blur]:
    """The blur that was asked for, and the same as its name and settings, which is what the answer tells."""
    if options.kernel:
        read = psf.read_kernel_file(options.kernel)
        if read.note:
            complain(read.note)
        return read.kernel, Blur("kernel", {"file": str(options.kernel)})
    name, text = next((name, text) for name in BLURS if (text := getattr(options, name)) is not None)
    blur = kinds.parse(name, text)
    return blur, blur


def _write_kernel(blur: Blur | Kernel, options: argparse.Namespace, photos: list[Path]) -> None:
    path: Path = options.kernel_out
    for original in [*photos, *([options.kernel] if options.kernel else [])]:
        if files.same_file(path, original):
            raise DeblurError(f"{path.name} is the original and is never overwritten. Choose another name.")
    if path.exists() and not options.overwrite:
        raise DeblurError(f"{path} exists already. Choose another name, or add --overwrite to replace it.")
    psf.write_kernel(blur.kernel() if isinstance(blur, Blur) else blur, path)


def _blur_one(
    photo: Path,
    settings: Degradation,
    place: Callable[[Path, Picture], Path],
    told: Blur,
    *,
    as_json: bool,
) -> None:
    """Blur one photo, and tell where the result is."""
    places = []

    def remembered(picture: Picture) -> Path:
        places.append(place(photo, picture))
        return places[0]

    begin = time.perf_counter()
    blurred = drive(tasks.blur_file(photo, settings, remembered))
    seconds = time.perf_counter() - begin
    if not as_json:
        values = ",".join(f"{name}={value}" for name, value in told.values.items())
        say(f"{photo} → {places[0]}: {blurred.size_text} pixels, {told.kind} {values}, {seconds:.1f} s")
        return
    answer = {
        "input": str(photo),
        "output": str(places[0]),
        "width": blurred.width,
        "height": blurred.height,
        "blur": told.kind,
        "values": dict(told.values),
        "noise": settings.noise,
        "photons": settings.photons,
        "highlights": settings.highlights,
        "jpeg": settings.jpeg,
        "seed": settings.seed,
        "seconds": round(seconds, 3),
    }
    say(json.dumps(answer))

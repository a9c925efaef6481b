"""`deblur blur`: blurred photos from sharp ones, to try methods on and to train with."""

from __future__ import annotations

import functools
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.blur import kinds
from deblur_app.blur.degrade import Degradation
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.kinds import BLURS, Blur
from deblur_app.cli.photos import Outputs, add_output, add_photos, do_each, list_photos, note_about, tell_other_name
from deblur_app.cli.pipes import format_name, name_of
from deblur_app.core.files import file_names
from deblur_app.engine import tasks
from deblur_app.terminal import BAD_INPUT, drive, one_line, print_error, print_line

if TYPE_CHECKING:
    import argparse

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kinds import BlurKind
    from deblur_app.core.picture import Picture


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.description = (
        "Blurs sharp photos the way cameras do: in linear light, with noise and compression. Each result stands "
        "beside its photo as NAME_blurred; the photos themselves never change."
    )
    add = parser.add_argument
    add_photos(parser, "SHARP")
    blur = parser.add_mutually_exclusive_group(required=True)
    for kind in BLURS.values():
        blur.add_argument(f"--{kind.name}", dest=kind.name, metavar="NAME=VALUE,…", help=_help(kind))
    blur.add_argument("--kernel", type=Path, metavar="FILE", help="a blur kernel: a picture, or a NumPy file (.npy)")
    add("--noise", type=float, default=0.0, metavar="X",
        help="read noise: its standard deviation in linear light, as a share of white (default: none)")  # fmt: skip
    add("--photons", type=float, metavar="N", help="photons that a white pixel counts, for shot noise (default: none)")
    add("--highlights", type=float, default=1.0, metavar="GAIN",
        help="how many times brighter than white clipped highlights were (default: 1)")  # fmt: skip
    add("--jpeg", type=int, metavar="Q", help="JPEG compression of this quality, 1 to 100")
    add("--eight-bit", action="store_true", help="round a 16-bit photo to 8 bits")
    add("--seed", type=int, default=0, metavar="N", help="equal numbers give equal noise (default: 0)")
    add("--kernel-out", type=Path, metavar="FILE",
        help=f"write the kernel in the middle of the frame, as {', '.join(kernel_files.WRITABLE)}")  # fmt: skip
    add_output(parser)


def _help(kind: BlurKind) -> str:
    knobs = (f"{p.name}={p.default:g} ({p.minimum:g} to {f'{p.maximum:g} {p.unit}'.rstrip()})" for p in kind.parameters)
    return f"{kind.label}: {', '.join(knobs)}"


def run(options: argparse.Namespace) -> int:
    """Blur the photos of `options`, and return the exit code: 2 where one of them could not be done.

    Raises:
        DeblurError: The settings are wrong, or the kernel cannot be read or written.
    """
    blur, described_blur = _parse_blur(options)
    settings = Degradation(
        blur=blur,
        noise=options.noise,
        photons=options.photons,
        highlights=options.highlights,
        jpeg=options.jpeg,
        eight_bit=options.eight_bit,
        seed=options.seed,
    )
    photos, failures = list_photos(options.photos, file_names.BLURRED)
    outputs = Outputs(options, photos, file_names.BLURRED, [options.kernel] if options.kernel else [])
    if options.kernel_out:
        target = outputs.file(options.kernel_out)
        kernel_path = kernel_files.write_kernel(blur.kernel() if isinstance(blur, Blur) else blur, target)
        tell_other_name(options.kernel_out, kernel_path)

    def blur_photo(photo: Path) -> None:
        begin = time.perf_counter()
        blurred, output = drive(tasks.blur_file(photo, settings, functools.partial(outputs.target, photo)))
        outputs.keep(output)
        _report(_PhotoResult(photo, output, blurred, described_blur, settings, time.perf_counter() - begin), options)

    return BAD_INPUT if do_each(photos, failures, blur_photo, as_json=options.json) else 0


def _parse_blur(options: argparse.Namespace) -> tuple[Blur | Kernel, Blur]:
    """Return the blur that was asked for, and the same as its name and settings for the answer."""
    if options.kernel:
        read = kernel_files.read_kernel_file(options.kernel)
        if read.note:
            print_error(read.note)
        return read.kernel, Blur("kernel", {"file": str(options.kernel)})
    name, text = next((name, text) for name in BLURS if (text := getattr(options, name)) is not None)
    blur = kinds.parse(name, text)
    return blur, blur


@dataclass(frozen=True)
class _PhotoResult:
    """A photo that was blurred: the file it was written to, how it was made, and the seconds that took."""

    photo: Path
    output: Path
    picture: Picture
    blur: Blur
    settings: Degradation
    seconds: float


def _report(result: _PhotoResult, options: argparse.Namespace) -> None:
    note = note_about(result.picture, result.output)
    if not options.json:
        values = ",".join(f"{name}={value}" for name, value in result.blur.values.items())
        names = f"{format_name(result.photo, options)} → {format_name(result.output, options)}"
        print_line(
            f"{names}: {result.picture.size_text} pixels, {result.blur.kind} {one_line(values)}, {result.seconds:.1f} s"
        )
        if note:
            print_error(note)
        return
    settings = result.settings
    answer = {
        "input": name_of(result.photo, options),
        "output": name_of(result.output, options),
        "width": result.picture.width,
        "height": result.picture.height,
        "blur": result.blur.kind,
        "values": dict(result.blur.values),
        "noise": settings.noise,
        "photons": settings.photons,
        "highlights": settings.highlights,
        "jpeg": settings.jpeg,
        "seed": settings.seed,
        "seconds": round(result.seconds, 3),
        "note": note,
    }
    print_line(json.dumps(answer))

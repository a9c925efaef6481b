"""The command `deblur-train make-pairs`: pairs of files from sharp photographs, or from the frames of a video."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.unexpected_errors import explain
from deblur_app.terminal import BAD_INPUT, drive, print_error, print_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from deblur_app.core.task import Task


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("photos", type=Path, metavar="PHOTOS", help="a folder of sharp photographs, or of video frames")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--count", type=int, required=True, metavar="N", help="how many pairs to make")
    parser.add_argument("--skip", type=int, default=0, metavar="N", help="how many of the shuffled ones to leave out")
    parser.add_argument("--seed", type=int, default=42)
    how = parser.add_mutually_exclusive_group()
    text = "realistic photos: moving cameras and things, depth, noise, sharpening, JPEG; with a list of their blurs"
    how.add_argument("--scene", action="store_true", help=text)
    how.add_argument("--frames", type=int, metavar="N", help="means of N consecutive video frames, N odd")
    text = "with --scene: pictures with transparency that move in front of the photographs"
    parser.add_argument("--cutouts", type=Path, metavar="DIR", help=text)
    text = "with --frames: the camera's inverse curve, 256 × 3 numbers (.npy); sRGB's if left out"
    parser.add_argument("--curve", type=Path, metavar="FILE", help=text)
    text = "with --frames: size of the pairs, such as 0.5; 1 if left out"
    parser.add_argument("--scale", type=float, default=1.0, metavar="S", help=text)


def run(arguments: argparse.Namespace) -> int:
    """Make the pairs, and return the exit code."""
    failed = []

    def pass_over(photo: Path, error: Exception) -> None:
        failed.append(photo)
        print_error(explain(error, photo.name))

    print_line(f"{drive(_task(arguments, pass_over))} pairs in {arguments.out}")
    return BAD_INPUT if failed else 0


def _task(arguments: argparse.Namespace, pass_over: Callable[[Path, Exception], None]) -> Task[int]:
    """Return what makes the pairs that the arguments ask for."""
    photos, out, count = arguments.photos, arguments.out, arguments.count
    _check_options(arguments)
    if arguments.frames is not None:
        from training.scenes.frame_pairs import make_frame_pairs

        values = {"frames": arguments.frames, "curve": arguments.curve, "scale": arguments.scale}
        return make_frame_pairs(photos, out, count=count, **values)
    if arguments.scene:
        from training.scenes.scene_pairs import make_scene_pairs

        values = {"cutouts": arguments.cutouts, "seed": arguments.seed, "pass_over": pass_over}
        return make_scene_pairs(photos, out, count=count, **values)
    from training.synthetic.pair_files import make_pairs

    values = {"skip": arguments.skip, "seed": arguments.seed, "pass_over": pass_over}
    return make_pairs(photos, out, count=count, **values)


def _check_options(arguments: argparse.Namespace) -> None:
    """Refuse options that belong to another way to make pairs."""
    if arguments.cutouts and not arguments.scene:
        raise DeblurError("--cutouts belongs to --scene. Give both, or neither.")
    if (arguments.curve or arguments.scale != 1.0) and arguments.frames is None:
        raise DeblurError("--curve and --scale belong to --frames. Give both, or neither.")
    if arguments.skip and (arguments.scene or arguments.frames is not None):
        raise DeblurError("--skip belongs to pairs without --scene and --frames. Leave it out.")

"""`deblur restore`: photos deblurred by a method."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.cli.options import method_option, recipe_option, save_option
from deblur_app.cli.photos import Outputs, add_output, add_photos, do_each, is_readable_file, list_photos
from deblur_app.cli.pipes import format_name, name_of
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.metrics import ACCURACY_EXPLAINED, percent
from deblur_app.engine import tasks
from deblur_app.engine.methods import registry
from deblur_app.engine.recipes.recipe import make_recipe
from deblur_app.engine.saving.saving import copy_time
from deblur_app.terminal import BAD_INPUT, drive, print_error, print_line, say_table

if TYPE_CHECKING:
    import argparse

    from deblur_app.core.metrics import Quality
    from deblur_app.engine.tasks import Comparison, Restored


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.description = (
        "Deblurs photos. Each result stands beside its photo as NAME_deblurred; the photos themselves never change."
    )
    add = parser.add_argument
    add_photos(parser)
    method_option.add_method(parser)
    recipe_option.add_recipe(parser)
    save_option.add_saving(parser)
    add("--truth", type=Path, metavar="FILE",
        help="the sharp picture: gives PSNR, SSIM and accuracy of the result and of doing nothing")  # fmt: skip
    method_option.add_device(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Restore the photos of `options`, and return the exit code: 2 where one of them could not be done.

    Raises:
        DeblurError: The settings are wrong, or the PSF or the recipe cannot be read.
    """
    if options.sidecar and options.pipe_folder and options.output == str(options.pipe_folder / "out"):
        raise DeblurError("--sidecar writes a file beside the result, and there is none with “-o -”. Name a file.")
    request, blend = recipe_option.choose_settings(options)
    save_options = save_option.choose_saving(options)
    photos, failures = list_photos(options.photos, file_names.DEBLURRED)
    outputs = Outputs(options, photos, file_names.DEBLURRED, _read_besides(options))

    def restore(photo: Path) -> None:
        target = functools.partial(outputs.target, photo)
        task = tasks.restore_file(
            photo, request, target, options.truth, blend, has_recipe=not options.no_recipe, save_options=save_options
        )
        restored, comparison = drive(task)
        if restored.path:
            outputs.keep(restored.path)
            if options.sidecar:
                outputs.write_recipe(make_recipe(request, restored, blend), restored.path)
            if options.keep_time:
                copy_time(photo, restored.path)
        _report(_PhotoResult(photo, restored, comparison), options)

    failed = do_each(photos, failures, restore, as_json=options.json)
    if options.truth and not options.json and failed < len(photos) + len(failures):
        print_line(ACCURACY_EXPLAINED)
    return BAD_INPUT if failed else 0


def _read_besides(options: argparse.Namespace) -> list[Path]:
    """Return the files that are read besides the photos."""
    texts = [options.psf, *(value for _, value in options.values)]
    return [
        *(path for path in (options.truth, options.recipe, options.mask) if path),
        *(Path(t) for t in texts if t and is_readable_file(t)),
    ]


@dataclass(frozen=True)
class _PhotoResult:
    """A photo that was restored, and the figures where there is a truth."""

    photo: Path
    restored: Restored
    comparison: Comparison | None

    @property
    def output(self) -> Path:
        """The path of the result."""
        return self.restored.path or self.photo


def _report(result: _PhotoResult, options: argparse.Namespace) -> None:
    if options.json:
        print_line(json.dumps(_as_json(result, options)))
        return
    restored = result.restored
    label = registry.find(restored.request.method).label
    names = f"{format_name(result.photo, options)} → {format_name(result.output, options)}"
    print_line(f"{names}: {restored.picture.size_text} pixels, {label}, {restored.device}, {restored.seconds:.1f} s")
    if restored.estimate:
        print_line(f"  {restored.estimate.label}")
    if note := restored.full_note:
        print_error(note)
    if result.comparison:
        _print_figures(result.comparison)


def _as_json(result: _PhotoResult, options: argparse.Namespace) -> dict[str, object]:
    restored, request = result.restored, result.restored.request
    figures: dict[str, object] = {}
    if result.comparison:
        figures = {**result.comparison.result.as_json(), "do_nothing": result.comparison.do_nothing.as_json()}
    return {
        "input": name_of(result.photo, options),
        "output": name_of(result.output, options),
        "width": restored.picture.width,
        "height": restored.picture.height,
        "method": request.method,
        "values": dict(request.values),
        "device": request.device,
        "seconds": round(restored.seconds, 3),
        "note": restored.full_note,
        **({"estimate": restored.estimate.label} if restored.estimate else {}),
        **figures,
    }


def _print_figures(comparison: Comparison) -> None:
    from rich.table import Table

    table = Table("", "PSNR (dB)", "SSIM", "Accuracy")
    for name, quality in (("result", comparison.result), ("do nothing", comparison.do_nothing)):
        table.add_row(name, *_figures(quality))
    say_table(table)


def _figures(quality: Quality) -> tuple[str, str, str]:
    return f"{quality.psnr:.2f}", f"{quality.ssim:.4f}", percent(quality.accuracy)

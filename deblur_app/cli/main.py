"""The command line: the same use cases as the window, without Qt."""

from __future__ import annotations

import argparse
import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from deblur_app import __version__
from deblur_app.cli import blur as cli_blur
from deblur_app.cli import combine as cli_combine
from deblur_app.cli import evaluate as cli_evaluate
from deblur_app.cli import models as cli_models
from deblur_app.cli import psf as cli_psf
from deblur_app.cli.photos import Outputs, add_json, add_output, add_photos, do_each, is_readable_file, list_photos
from deblur_app.cli.pipes import format_name, name_of, replace_pipes
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.metrics import ACCURACY_EXPLAINED, percent
from deblur_app.engine import devices, tasks
from deblur_app.engine.blend import PROTECTED, blend_of_text
from deblur_app.engine.method import PsfUse, Request
from deblur_app.engine.methods import registry
from deblur_app.terminal import BAD_INPUT, drive, print_error, print_line, run_main, say_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.blur.psf import Psf
    from deblur_app.core.metrics import Quality
    from deblur_app.core.parameter import Parameter
    from deblur_app.engine.tasks import Comparison, Restored


def main(argv: list[str]) -> int:
    """Run the command line.

    Args:
        argv: The arguments, without the name of the program.

    Returns:
        The exit code: 0 when all was done; 2 when something was not, for the reasons on stderr; 130 after Ctrl-C.
    """
    return run_main(lambda: _run(argv))


def _run(argv: list[str]) -> int:
    if argv and not argv[0].startswith("-") and argv[0] not in COMMANDS:
        raise DeblurError(_explain_missing_command(argv))
    options = _parser().parse_args(argv)
    with replace_pipes(options):
        return COMMANDS[options.command](options)


def _explain_missing_command(argv: list[str]) -> str:
    names = argv[: next((index for index, word in enumerate(argv) if word.startswith("-")), len(argv))]
    missing = [name for name in names if not file_names.has_file(Path(name))]
    if argv[0] in missing:
        return f"“{argv[0]}” is neither an existing file nor a command. The commands are {', '.join(COMMANDS)}."
    if missing:
        return f"{' and '.join(f'“{name}”' for name in missing)} {'does' if len(missing) == 1 else 'do'} not exist."
    return f"The window takes photos only, and “{argv[len(names)]}” needs a command, as in: deblur restore “{argv[0]}”."


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one sentence, like all others of the program."""

    def error(self, message: str) -> NoReturn:
        raise DeblurError(f"{message[:1].upper()}{message[1:]}. See “{self.prog} --help”.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="deblur",
        description="Repairs blurred photographs. Without a command it opens the window, with the given photos if any.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"deblur {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_restore(commands.add_parser("restore", help="deblur photos", allow_abbrev=False))
    cli_blur.add_options(commands.add_parser("blur", help="blur sharp photos, as cameras do", allow_abbrev=False))
    cli_psf.add_psf_options(commands.add_parser("psf", help="estimate how a photo is blurred", allow_abbrev=False))
    cli_psf.add_reblur_options(
        commands.add_parser("reblur", help="check a result: blurred again, is it the photo?", allow_abbrev=False)
    )
    cli_combine.add_options(
        commands.add_parser("combine", help="make one photo of several of the same scene", allow_abbrev=False)
    )
    cli_models.add_options(
        commands.add_parser("models", help="add networks of others, list and remove them", allow_abbrev=False)
    )
    cli_evaluate.add_options(
        commands.add_parser("evaluate", help="compare methods on photos with sharp pictures", allow_abbrev=False)
    )
    for name, text in (("methods", "list the ways to deblur, with their settings"), ("devices", "list what computes")):
        add_json(commands.add_parser(name, help=text, allow_abbrev=False))
    return parser


def _add_restore(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Deblurs photos. Each result stands beside its photo as NAME_deblurred; the photos themselves never change."
    )
    add = parser.add_argument
    add_photos(parser)
    add("--method", default=Request().method, help="see “deblur methods” (default: %(default)s)")
    add("--set", action="append", default=[], type=_setting, metavar="NAME=VALUE", dest="values",
        help="a setting of the method; may be given several times")  # fmt: skip
    add("--psf", metavar="PSF", help=f"{cli_psf.HELP} (default: estimated, where it is needed)")
    add("--regions", type=cli_psf.grid_size, metavar="COLUMNSxROWS",
        help="estimate the blur of each region apart, for blur that varies over the frame")  # fmt: skip
    add("--unchecked", action="store_true",
        help="take each result as it is, even where its check says that it cannot be right")  # fmt: skip
    add("--strength", default="100", metavar="PERCENT",
        help="how much of the change is taken, 0 to 200 (default: %(default)s)")  # fmt: skip
    add("--protect", default="", metavar="NAME[=PERCENT],…",
        help=f"what stays as it was: {', '.join(PROTECTED)}")  # fmt: skip
    add("--truth", type=Path, metavar="FILE",
        help="the sharp picture: gives PSNR, SSIM and accuracy of the result and of doing nothing")  # fmt: skip
    add("--device", default=devices.AUTO, metavar="NAME", help="see “deblur devices” (default: %(default)s)")
    add_output(parser)


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError(f"“{text}” is not of the form NAME=VALUE")
    return name, value


def _restore(options: argparse.Namespace) -> int:
    values = registry.find(options.method).complete_values(dict(options.values))
    request = Request(
        options.method, values, options.device, _psf(options), options.regions, is_checked=not options.unchecked
    )
    blend = blend_of_text(options.strength, options.protect)
    photos, failures = list_photos(options.photos, file_names.DEBLURRED)
    outputs = Outputs(options, photos, file_names.DEBLURRED, _read_besides(options))

    def restore(photo: Path) -> None:
        target = functools.partial(outputs.target, photo)
        restored, comparison = drive(tasks.restore_file(photo, request, target, options.truth, blend))
        if restored.path:
            outputs.keep(restored.path)
        _report(_Done(photo, restored, comparison), options)

    failed = do_each(photos, failures, restore, as_json=options.json)
    if options.truth and not options.json and failed < len(photos) + len(failures):
        print_line(ACCURACY_EXPLAINED)
    return BAD_INPUT if failed else 0


def _psf(options: argparse.Namespace) -> Psf | None:
    use = registry.find(options.method).psf
    if (options.psf is not None and use is not PsfUse.GIVEN) or (options.regions and use is PsfUse.NONE):
        takers = ", ".join(method.name for method in registry.METHODS if method.psf is PsfUse.GIVEN)
        raise DeblurError(f"The method {options.method} takes no PSF. Those that do are: {takers}.")
    return None if options.psf is None else cli_psf.parse_psf(options.psf)


def _read_besides(options: argparse.Namespace) -> list[Path]:
    """Return the files that are read besides the photos."""
    texts = [options.psf, *(value for _, value in options.values)]
    return [*([options.truth] if options.truth else []), *(Path(t) for t in texts if t and is_readable_file(t))]


@dataclass(frozen=True)
class _Done:
    """A photo that was restored, and the figures where there is a truth."""

    photo: Path
    restored: Restored
    comparison: Comparison | None

    @property
    def output(self) -> Path:
        """The path of the result."""
        return self.restored.path or self.photo


def _report(done: _Done, options: argparse.Namespace) -> None:
    if options.json:
        print_line(json.dumps(_as_json(done, options)))
        return
    restored = done.restored
    label = registry.find(restored.request.method).label
    names = f"{format_name(done.photo, options)} → {format_name(done.output, options)}"
    print_line(f"{names}: {restored.picture.size_text} pixels, {label}, {restored.device}, {restored.seconds:.1f} s")
    if restored.estimate:
        print_line(f"  {restored.estimate.label}")
    if note := _note(done):
        print_error(note)
    if done.comparison:
        _print_figures(done.comparison)


def _note(done: _Done) -> str:
    """Return the sentences about reading, restoring and writing a photo, each once."""
    note, about_reading = done.restored.note, done.restored.picture.note
    return note if about_reading in note else f"{about_reading} {note}".strip()


def _as_json(done: _Done, options: argparse.Namespace) -> dict[str, object]:
    restored, request = done.restored, done.restored.request
    figures: dict[str, object] = {}
    if done.comparison:
        figures = {**done.comparison.result.as_json(), "do_nothing": done.comparison.do_nothing.as_json()}
    return {
        "input": name_of(done.photo, options),
        "output": name_of(done.output, options),
        "width": restored.picture.width,
        "height": restored.picture.height,
        "method": request.method,
        "values": dict(request.values),
        "device": request.device,
        "seconds": round(restored.seconds, 3),
        "note": _note(done),
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


def _methods(options: argparse.Namespace) -> int:
    for method in registry.list_offered():
        if options.json:
            parameters = [_parameter_as_json(parameter) for parameter in method.parameters]
            print_line(json.dumps({"name": method.name, "label": method.label, "explanation": method.explanation,
                            "parameters": parameters}))  # fmt: skip
            continue
        print_line(f"{method.name}: {method.label}\n  {method.explanation}")
        for parameter in method.parameters:
            print_line(
                f"  --set {parameter.name}={parameter.default}  ({_range(parameter)})\n      {parameter.explanation}"
            )
    return 0


def _range(parameter: Parameter) -> str:
    if not isinstance(parameter.default, str):
        return f"{parameter.minimum:g} to {parameter.maximum:g} {parameter.unit}".rstrip()
    words = [f"{choice.value}: {choice.label}" for choice in parameter.choices]
    return "; ".join([*words, "or a file"] if parameter.is_file else words)


def _parameter_as_json(parameter: Parameter) -> dict[str, object]:
    number = not isinstance(parameter.default, str)
    return {
        "name": parameter.name,
        "label": parameter.label,
        "explanation": parameter.explanation,
        "default": parameter.default,
        "minimum": parameter.minimum if number else None,
        "maximum": parameter.maximum if number else None,
        "unit": parameter.unit,
        "choices": [choice.value for choice in parameter.choices],
        "is_file": parameter.is_file,
    }


def _devices(options: argparse.Namespace) -> int:
    for device in devices.list_devices():
        works = not device.is_gpu or devices.works(device)
        if options.json:
            print_line(json.dumps({"name": device.name, "label": device.label, "works": works}))
        else:
            print_line(f"{device.name}: {device.label}{'' if works else ' – does not work with this TensorFlow'}")
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "restore": _restore,
    "blur": cli_blur.run,
    "psf": cli_psf.estimate,
    "reblur": cli_psf.reblur,
    "combine": cli_combine.run,
    "models": cli_models.run,
    "evaluate": cli_evaluate.run,
    "methods": _methods,
    "devices": _devices,
}
"""What can be asked for, by name."""

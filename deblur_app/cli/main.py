"""The command line: the same use cases as the window, without Qt."""

from __future__ import annotations

from pathlib import Path

from deblur_app import __version__
from deblur_app.cli import blur, combine, evaluate, methods, models, psf, reblur, recipe, restore
from deblur_app.cli.batch import batch, watch
from deblur_app.cli.machine import devices, self_test
from deblur_app.cli.pipes import replace_pipes
from deblur_app.command_parser import Command, CommandParser
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.terminal import run_main

COMMANDS = {
    "restore": Command("deblur photos", restore.add_options, restore.run),
    "batch": Command("deblur many photos, and go on where it was ended", batch.add_options, batch.run),
    "watch": Command("deblur photos as they come into a folder", watch.add_options, watch.run),
    "blur": Command("blur sharp photos, as cameras do", blur.add_options, blur.run),
    "psf": Command("estimate how a photo is blurred", psf.add_options, psf.run),
    "reblur": Command("blur a result again and compare it with the photo", reblur.add_options, reblur.run),
    "combine": Command("make one photo of several of the same scene", combine.add_options, combine.run),
    "models": Command("add networks of others, list and remove them", models.add_options, models.run),
    "evaluate": Command("compare methods on photos with sharp pictures", evaluate.add_options, evaluate.run),
    "recipe": Command("show how a saved photo was made", recipe.add_options, recipe.run),
    "methods": Command("list the ways to deblur, with their settings", methods.add_options, methods.run),
    "devices": Command("list the processors and graphics cards", devices.add_options, devices.run),
    "self-test": Command("try every method on every device", self_test.add_options, self_test.run),
}
"""The choices, by name."""


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
    options = make_parser().parse_args(argv)
    with replace_pipes(options):
        return COMMANDS[options.command].run(options)


def _explain_missing_command(argv: list[str]) -> str:
    names = argv[: next((index for index, word in enumerate(argv) if word.startswith("-")), len(argv))]
    missing = [name for name in names if not file_names.has_file(Path(name))]
    if argv[0] in missing:
        return f"“{argv[0]}” is neither an existing file nor a command. The commands are {', '.join(COMMANDS)}."
    if missing:
        return f"{' and '.join(f'“{name}”' for name in missing)} {'does' if len(missing) == 1 else 'do'} not exist."
    return f"The window takes photos only, and “{argv[len(names)]}” needs a command, as in: deblur restore “{argv[0]}”."


def make_parser() -> CommandParser:
    """Return the parser of all commands."""
    parser = CommandParser(
        prog="deblur",
        description="Repairs blurred photographs. Without a command it opens the window, with the given photos if any.",
    )
    parser.add_argument("--version", action="version", version=f"deblur {__version__}")
    parser.add_argument("--new-window", action="store_true", help="open another window, where there is one already")
    parser.add_commands(COMMANDS)
    return parser

"""Sets Deblur up on a fresh machine, starts it, tests it: `python3 dev.py run`, `python3 dev.py test`.

Standard library only, and in the syntax of older Pythons: it runs before anything is installed, on whatever
Python the machine calls `python3`, and finds a newer one by itself.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
for folder in (ROOT, ROOT / "packaging"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

import desktop_entries  # noqa: E402 - the path is set above

from dev_steps import checks, console, environment, lock, qt_libraries  # noqa: E402
from dev_steps.console import SetupError, child_environment, say  # noqa: E402

HELP = """\
usage: python3 dev.py COMMAND

  run [ARGUMENTS...]     set up what is missing, then start Deblur. Arguments go to Deblur as they are:
                         pictures to open, or a command such as `restore photo.jpg` (see `run --help`).
                         Without a display and without arguments: repair the bundled sample and write
                         the result, with a picture of the window, to ./deblur-out/.
  test [ARGUMENTS...]    set up what is missing, then run ruff, mypy, import-linter and pytest.
                         With arguments: pytest alone, with these arguments.
  fuzz [--minutes N]     give damaged files to everything that reads files of others, N minutes for each
                         reader (1), or for one alone with --reader NAME; what fails is kept in a folder.
  setup [--dev] [--gpu]  only set up: --dev with the tools for tests, --gpu with the libraries that
                         TensorFlow needs for NVIDIA cards (Linux, another 2 GB).
  desktop [--remove]     put Deblur where a double click starts it, or take it away again.
  lock [--upgrade]       write requirements.lock anew from pyproject.toml; --upgrade takes the newest
                         versions.

Everything is installed into the folder .venv beside this file, by uv, which is fetched into .uv where the machine
has none; deleting both folders undoes it. The variable DEBLUR_PYTHON names the Python to use, if the one found by
itself is not the one you want.
"""
APP_EXTRAS = ("gui", "formats")
DEV_EXTRAS = ("gui", "formats", "dev")


def main(arguments: list[str]) -> int:
    """Carry out one command line; return the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A folder's name may have a letter that the console lacks.
        sys.stdout.reconfigure(errors="replace")
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        say(HELP)
        return 0 if arguments else 2
    command, rest = arguments[0], arguments[1:]
    commands = {"run": run, "test": test, "setup": setup, "desktop": put_on_desktop, "lock": write_lock,
                "fuzz": fuzz_readers}  # fmt: skip
    if command not in commands:
        say(f"There is no command {command}.\n\n{HELP}")
        return 2
    try:
        return commands[command](rest)
    except SetupError as error:
        say(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. What is already there is kept: the next start goes on from here.")
        return 130


def run(arguments: list[str]) -> int:
    """Start the app in place of this process."""
    place = set_up(APP_EXTRAS)
    if arguments:
        check_qt(place, must=False)
        return hand_over(place.python, ["-m", "deblur_app", *arguments])
    check_qt(place)
    if qt_libraries.has_display():
        return hand_over(place.python, ["-m", "deblur_app"])
    say("There is no display here: repairing the bundled sample without a window, into ./deblur-out/.")
    return hand_over(place.python, ["-m", "deblur_app.headless_demo", "--out", "deblur-out"])


def test(arguments: list[str]) -> int:
    """Run all checks, or pytest alone with arguments."""
    place = set_up(DEV_EXTRAS)
    check_qt(place, platforms={"offscreen"})
    if arguments:
        return checks.pytest(place.python, ROOT, arguments)
    checks.install_validator()
    return checks.everything(place.python, ROOT)


def setup(arguments: list[str]) -> int:
    """Set up and start nothing."""
    parser = argparse.ArgumentParser("dev.py setup", description="Set Deblur up without starting it.")
    parser.add_argument("--dev", action="store_true", help="also the tools for tests")
    parser.add_argument("--gpu", action="store_true", help="also TensorFlow's libraries for NVIDIA cards")
    options = parser.parse_args(arguments)
    extras = [*(DEV_EXTRAS if options.dev else APP_EXTRAS), *(["gpu"] if options.gpu else [])]
    check_qt(set_up(extras))
    say("Deblur is set up: `python3 dev.py run` starts it.")
    return 0


def put_on_desktop(arguments: list[str]) -> int:
    """Make or remove the menu entry, the shortcuts or the app stub."""
    parser = argparse.ArgumentParser("dev.py desktop", description="Put Deblur where a double click starts it.")
    parser.add_argument("--remove", action="store_true", help="take away what this command has put there")
    if parser.parse_args(arguments).remove:
        desktop_entries.remove()
    else:
        place = set_up(APP_EXTRAS)
        check_qt(place)
        desktop_entries.install(place.python, ROOT / "resources" / "icons")
    return 0


def write_lock(arguments: list[str]) -> int:
    """Write requirements.lock."""
    parser = argparse.ArgumentParser("dev.py lock", description="Write requirements.lock from pyproject.toml.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions of everything")
    options = parser.parse_args(arguments)
    lock.write(ROOT, options.upgrade)
    return 0


def fuzz_readers(arguments: list[str]) -> int:
    """Give damaged files to the readers of files of others."""
    return console.run([set_up(DEV_EXTRAS).python, "-m", "tests.fuzz.command", *arguments], cwd=ROOT)


def set_up(extras: tuple[str, ...] | list[str]) -> environment.Environment:
    """Return the virtual environment, with these extras installed."""
    place = environment.Environment(ROOT)
    environment.ensure(place, extras)
    return place


def check_qt(place: environment.Environment, must: bool = True, platforms: set[str] | None = None) -> None:
    """Check that Qt finds the system's libraries, once for each way of drawing.

    Args:
        place: The environment, whose stamp remembers what needs no second look.
        must: Whether to stop if libraries are missing; else only say so: the command line works without them.
        platforms: The ways in which Qt will draw; by default those that this machine's display asks for.
    """
    unseen = (qt_libraries.find_needed_platforms() if platforms is None else platforms) - place.names("qt")
    if not unseen:
        return
    try:
        qt_libraries.ensure(place.site_packages(), unseen)
    except SetupError as error:
        if must:
            raise
        say(str(error))
        return
    place.write_stamp(qt=sorted(place.names("qt") | unseen))


def hand_over(python: Path, arguments: list[str]) -> int:
    """Let the environment's Python take the place of this process; Windows has no such thing: wait for it."""
    command = [str(python), *arguments]
    if sys.platform == "win32":
        try:
            return subprocess.run(command, env=child_environment(), check=False).returncode
        except KeyboardInterrupt:
            return 130  # the app was asked too, and has ended by itself
    sys.stdout.flush()
    return os.execve(command[0], command, child_environment())  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

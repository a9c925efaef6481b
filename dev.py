"""Sets Deblur up on a fresh machine, starts it, tests it.

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
  package [PART...]      build what photographers install, into dist: PyInstaller's folder and, on Linux, the .deb, the
                         .run and the AppImage; with names of parts (folder, deb, run, appimage) these alone. It takes
                         some fifteen minutes and 6 GB.
  texts [LANGUAGE...]    bring resources/translations up to date with the texts of the code, and compile it; the code of
                         a new language, such as fr, begins one.
  lock [--upgrade]       write requirements.lock anew from pyproject.toml; --upgrade takes the newest
                         versions.

Everything is installed into the folder .venv beside this file, by uv, which is fetched into .uv where the machine
has none; deleting both folders undoes it. The variable DEBLUR_PYTHON names the Python to use, if the one found by
itself is not the one you want.
"""

# Standard library only, and in the syntax of older Pythons: this runs before anything is installed, on whatever Python
# the machine calls `python3`.

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

import desktop_entries  # noqa: E402 - the path is set above

from dev_steps import console, environment, package_environment, system_libraries, translations, uv  # noqa: E402
from dev_steps.console import SetupError, say  # noqa: E402

APP = ("gui", "formats")
OPTIONS = {"setup": {"--dev", "--gpu"}, "desktop": {"--remove"}, "lock": {"--upgrade"}}

# In the order in which they tell most in least time. Run as modules: the scripts beside the interpreter break when
# their folder has been moved.
CHECKS = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy"),
    "import-linter": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
}
# Two processes, each with whole files of tests: most tests use one core, and each process holds TensorFlow once.
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile")


def main(arguments: list[str]) -> int:
    """Carry out one command line; return the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A folder's name may have a letter that the console lacks.
        sys.stdout.reconfigure(errors="replace")
    command, rest = (arguments or [""])[0], arguments[1:]
    unknown = set(rest) - OPTIONS.get(command, set(rest))
    if command not in COMMANDS or unknown:
        is_help = command in ("-h", "--help", "help") or unknown & {"-h", "--help"}
        say(__doc__ if is_help or not command else f"dev.py does not know “{' '.join(arguments)}”.\n\n{__doc__}")
        return 0 if is_help else 2
    try:
        return COMMANDS[command](rest)
    except SetupError as error:
        say(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. What is already there is kept: the next start goes on from here.")
        return 130


def run(arguments: list[str]) -> int:
    """Start the app in place of this process; with arguments also where Qt lacks libraries, which not all need."""
    place = environment.ensure(ROOT, APP)
    try:
        system_libraries.ensure_qt(place.folder)
    except SetupError as error:
        if not arguments:
            raise
        say(str(error))
    if arguments or system_libraries.has_display():
        return hand_over([str(place.python), "-m", "deblur_app", *arguments])
    say("There is no display here: repairing the bundled sample without a window, into ./deblur-out/.")
    return hand_over([str(place.python), "-m", "deblur_app.headless_demo", "--out", "deblur-out"])


def hand_over(command: list[str]) -> int:
    """Let a program take the place of this process; Windows has no such thing: wait for it."""
    sys.stdout.flush()
    if sys.platform != "win32":
        os.execve(command[0], command, console.child_environment())  # noqa: S606 - no shell is wanted
    try:
        return subprocess.run(command, env=console.child_environment(), check=False).returncode
    except KeyboardInterrupt:
        return 130  # the app was asked too, and has ended by itself


def test(arguments: list[str]) -> int:
    """Run every check even if one fails, then pytest, whose count closes the output; with arguments pytest alone."""
    place = environment.ensure(ROOT, (*APP, "dev"))
    system_libraries.ensure_qt(place.folder, has_windows=False)
    results = ["The checks before the tests:"]
    for name, check in CHECKS.items() if not arguments else ():
        say(f"--- {name}")
        code = console.run([place.python, *check], cwd=ROOT)
        results.append(f"    {name:<14} {'FAILED' if code else 'passed'}")
    say("\n".join(["", *results, "", "--- pytest"]))
    command = [place.python, "-m", "pytest", *(arguments or SIDE_BY_SIDE)]
    code = console.run(command, cwd=ROOT, QT_QPA_PLATFORM="offscreen")
    return code or int("FAILED" in " ".join(results))


def fuzz(arguments: list[str]) -> int:
    """Give damaged files to the readers of files of others."""
    place = environment.ensure(ROOT, (*APP, "dev"))
    return console.run([place.python, "-m", "tests.fuzz.command", *arguments], cwd=ROOT)


def setup(arguments: list[str]) -> int:
    """Set up and start nothing."""
    place = environment.ensure(ROOT, (*APP, *(option[2:] for option in arguments)))
    system_libraries.ensure_qt(place.folder)
    say("Deblur is set up: `python3 dev.py run` starts it.")
    return 0


def put_on_desktop(arguments: list[str]) -> int:
    """Make or remove the menu entry, the shortcuts or the app stub."""
    if arguments:
        desktop_entries.remove()
    elif setup([]) == 0:
        desktop_entries.install(environment.Environment(ROOT).python, ROOT / "resources" / "icons")
    return 0


def package(arguments: list[str]) -> int:
    """Build the installed program and its packages, in an environment of its own."""
    python = package_environment.ensure(ROOT)
    return console.run([python, "-m", "installers", *arguments], cwd=ROOT / "packaging")


def update_texts(arguments: list[str]) -> int:
    """Bring the translations up to date, and begin those of new languages."""
    place = environment.ensure(ROOT, APP)
    return translations.update(place.python, ROOT, arguments)


COMMANDS = {"run": run, "test": test, "fuzz": fuzz, "setup": setup, "desktop": put_on_desktop,
            "package": package, "texts": update_texts, "lock": uv.write_lock}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

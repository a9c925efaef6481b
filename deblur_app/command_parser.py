"""The parser of both command lines."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Command(NamedTuple):
    """A command: one line of help, what adds its options to a parser, and what runs it and returns the exit code."""

    help: str
    add_options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


class CommandParser(argparse.ArgumentParser):
    """A parser whose complaints are one sentence, like all others of the program; options are written out in full."""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **{"allow_abbrev": False, **keywords})

    def add_commands(self, commands: Mapping[str, Command]) -> None:
        """Take one of these commands, each with its own options, as `command`."""
        subparsers = self.add_subparsers(dest="command", required=True, metavar="COMMAND")
        for name, command in commands.items():
            command.add_options(subparsers.add_parser(name, help=command.help))

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed.

        Raises:
            DeblurError: Always.
        """
        raise DeblurError(f"{message[:1].upper()}{message[1:]}. See “{self.prog} --help”.")

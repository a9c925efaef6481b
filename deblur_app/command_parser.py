"""The parser of both command lines."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from deblur_app.core.errors import DeblurError


class CommandParser(argparse.ArgumentParser):
    """A parser whose complaints are one sentence, like all others of the program; options are written out in full."""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **{"allow_abbrev": False, **keywords})

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed.

        Raises:
            DeblurError: Always.
        """
        raise DeblurError(f"{message[:1].upper()}{message[1:]}. See “{self.prog} --help”.")

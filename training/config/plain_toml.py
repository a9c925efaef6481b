"""Reading of small TOML files of others, with bounds on what the parser is given.

Python's parser needs time and memory in proportion to the square of the parts of a dotted key, and one call for each
bracket: 40 kB of `a.a.a…` take half a minute and a gigabyte.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.plain_file import read_plain
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 262_144
"""Bytes; settings have two thousand, and a hundred for each folder of photos."""

_MOST_PARTS = 8
"""Parts of a dotted key; the longest that is known has four: data.blurs.motion.length."""

_MOST_KEYS = 5_000
"""Lines with a key: each costs time in proportion to the keys of its table."""

_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(rf"(?:^|[\[{{,])[ \t]*+(?:{_PART}[ \t]*+\.[ \t]*+){{{_MOST_PARTS}}}", re.MULTILINE)
_LONGEST_SENTENCE = 400
"""Characters; what stands in the file may be part of a sentence."""


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        DeblurError: It cannot be read, is too large or too deeply nested, or is no TOML.
    """
    data = read_plain(path, _LARGEST)
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
        if _LONG_KEY.search(text) or text.count("\n") > _MOST_KEYS:
            raise DeblurError(
                tr("“{path}” is not a training configuration: its keys are nested too deep or too many.", path=path)
            )
        return tomllib.loads(text)
    except RecursionError as error:
        raise DeblurError(
            tr("“{path}” is not a training configuration: its values are nested too deep.", path=path)
        ) from error
    except (ValueError, OverflowError, LookupError, TypeError) as error:
        raise DeblurError(shorten_sentence(f"“{path}” is not a training configuration: {error}.")) from error


def shorten_sentence(sentence: str) -> str:
    """Return a sentence as one line that can be printed and read, however long what it quotes is."""
    line = "".join(letter if letter.isprintable() else " " for letter in sentence)
    return line if len(line) <= _LONGEST_SENTENCE else f"{line[: _LONGEST_SENTENCE - 2]}…."

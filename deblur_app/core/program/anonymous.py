"""Texts without what only the user should know: paths, file names and texts in quotation marks."""

from __future__ import annotations

import re

_PROGRAM_FILE = re.compile(r'File "[^"\n]*?((?:site-packages|deblur_app|training|lib/python3\.\d+)/[^"\n]*)"')
"""A line of a traceback that lies in the program or its libraries: what stands before tells where it is installed."""
_OTHER_FILE = re.compile(r'File "(?!…)[^"\n]*"')
_QUOTED = re.compile(r"(['\"“‘])(?!…)[^'\"”’\n]*[\\/.][^'\"”’\n]*(['\"”’])")
"""A text in quotation marks that may be a path or a file name: it has a separator or a dot."""
_NAMED = re.compile(r"“[^”\n]*”")
_BARE_PATH = re.compile(
    r"(?<![\w…])(?:[A-Za-z]:\\|~?/|\\\\|file:)[^\s:'\"”,;)]+(?: [^\s:'\"”,;)]*[\\/.][^\s:'\"”,;)]*)*"
)
_BARE_NAME = re.compile(
    r"\b[^\s/\\'\"“”]+\.(?:jpe?g|png|tiff?|webp|bmp|heic|heif|avif|dng|cr[23w]|nef|arw|raf|orf|rw2|deblur|npz|npy|json|mp4)\b",
    re.IGNORECASE,
)


def make_anonymous(text: str) -> str:
    """Return a report without paths and names of files of the user's.

    Lines of tracebacks keep the path within the program or its libraries; everything else that looks like a path or
    stands in quotation marks as one becomes “…”. What is left out by mistake is only missed; what is left in tells
    something of the user: so more is taken than needed.
    """
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(f'File "…/{match[1]}"')
        return f"\0{len(kept) - 1}\0"

    text = _PROGRAM_FILE.sub(keep, text.replace("\0", ""))
    text = _OTHER_FILE.sub('File "…"', text)
    text = _NAMED.sub("“…”", text)
    text = _QUOTED.sub(r"\1…\2", text)
    text = _BARE_PATH.sub("…", text)
    text = _BARE_NAME.sub("…", text)
    return re.sub("\0(\\d+)\0", lambda match: kept[int(match[1])], text)

"""Errors that the user can act on."""

from __future__ import annotations


class DeblurError(Exception):
    """An error that the user can act on.

    Its text is one or two sentences for people: what happened, to which file, and what to do. The window shows it
    as it stands and the command line prints it and ends with exit code 2. Anything that is not a `DeblurError`
    is a defect of the program and is logged with its traceback.

    The text becomes one printable line: parts of it, such as names of files and what a library says about one, come
    from elsewhere, and may hold line breaks, control characters or letters that no terminal can print.
    """

    def __init__(self, text: str) -> None:
        super().__init__(on_one_line(text))


def on_one_line(text: str) -> str:
    """Return `text` with line breaks and tabs as blanks and every other letter that cannot be printed as “?”."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else "?" for letter in " ".join(text.split()))


def shorten(text: object, longest: int = 120) -> str:
    """Return what a stranger's file or a library says as a part of a sentence: one line, cut to `longest` letters."""
    line = on_one_line(str(text)[: 4 * longest]).strip('"').rstrip(".")  # a KeyError's text is in quotes
    return line if len(line) <= longest else line[: longest - 1] + "…"


class UnmeasurableBlurError(DeblurError):
    """A picture that does not tell its blur: too small, or without detail. Its text says which.

    Attributes:
        is_even: Whether there is no detail, so that there is no blur to undo either.
    """

    def __init__(self, text: str, *, is_even: bool = False) -> None:
        super().__init__(text)
        self.is_even = is_even

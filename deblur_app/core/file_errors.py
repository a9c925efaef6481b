"""The messages for files that cannot be read: damaged, no picture, not supported, too large, a library is missing."""

from __future__ import annotations

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr


def quote(name: str) -> str:
    """Return a file name in quotation marks, on one line whatever characters it has."""
    return f"“{''.join(letter if letter.isprintable() else '?' for letter in name)}”"


def damaged_file_error(name: str, reason: object = "") -> DeblurError:
    """Return the error for a file whose content contradicts itself or ends too early."""
    first_line = " ".join(str(reason).split())[:150]
    detail = f" ({first_line})" if first_line else ""
    return DeblurError(
        tr(
            "{file} is damaged or was cut off while copying{detail}. Copy it again from where it came from.",
            file=quote(name),
            detail=detail,
        )
    )


def unknown_format_error(name: str) -> DeblurError:
    """Return the error for a file that begins like none of the formats that are read."""
    return DeblurError(
        tr(
            "{file} is damaged, or not a picture that Deblur can read. It reads JPEG, PNG, TIFF, WebP, AVIF, BMP "
            "and more.",
            file=quote(name),
        )
    )


def unsupported_file_error(
    name: str, kind: str, advice: str = "Save it with 8 or 16 bits per channel as PNG or TIFF."
) -> DeblurError:
    """Return the error for a sound file of a kind that is not read, such as “a 12-bit JPEG”."""
    return DeblurError(
        tr("{file} is {kind}, which Deblur cannot read. {advice}", file=quote(name), kind=kind, advice=advice)
    )


def too_large_for_memory(name: str) -> DeblurError:
    """Return the error for a file that needs more memory than it may have or than is free."""
    return DeblurError(
        tr(
            "{file} is too large for the memory that is free. Close other programs or make the picture smaller.",
            file=quote(name),
        )
    )


def missing_extra(name: str, kind: str) -> DeblurError:
    """Return the error for a file that needs a library which is not installed."""
    return DeblurError(
        tr("{file} is {kind}. Install Deblur with its extra “formats” to open it.", file=quote(name), kind=kind)
    )

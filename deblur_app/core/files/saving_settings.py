"""The settings of a file that a result is saved to, as they are kept from one start to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

USUAL_PATTERN = "{name}_deblurred"
"""The names of results where nobody has chosen others."""

MOST_PIXELS = 100_000
"""The largest longest side that can be asked for, in pixels."""

LEAST_PIXELS = 16
"""The smallest one."""


@dataclass(frozen=True)
class SavingSettings:
    """Format, size, name and place of a saved result.

    Attributes:
        suffix: The ending of the file; “same” takes that of the photo.
        quality: Of JPEG, WebP and AVIF, 1 to 100; None as the photo's own JPEG.
        subsampling: Of the colours of a JPEG or AVIF.
        bit_depth: Bits per channel of PNG and TIFF; None as the photo.
        longest_side: Pixels to which larger results are reduced; None keeps the size.
        pattern: The name, see `name_patterns`.
        metadata: Which metadata are kept: “all”, “no-position” leaves out where the photo was taken, “none”.
        existing: What is done where there is such a file: “number” takes the next free name, “replace” replaces it.
        folder: The folder of the results; "" for that of each photo.
        keeps_time: Whether the file gets the time of change of its photo.
    """

    suffix: Literal["same", ".png", ".tif", ".jpg", ".webp", ".avif", ".bmp"] = "same"
    quality: int | None = 95
    subsampling: Literal["4:4:4", "4:2:2", "4:2:0"] = "4:4:4"
    bit_depth: Literal[8, 16] | None = None
    longest_side: int | None = None
    pattern: str = USUAL_PATTERN
    metadata: Literal["all", "no-position", "none"] = "all"
    existing: Literal["number", "replace"] = "number"
    folder: str = ""
    keeps_time: bool = False

    def __post_init__(self) -> None:
        """Refuse numbers that are out of range: the settings may come from a file."""
        if self.quality is not None and not 1 <= self.quality <= 100:
            raise ValueError(f"the quality is 1 to 100, not {self.quality}")
        if self.longest_side is not None and not LEAST_PIXELS <= self.longest_side <= MOST_PIXELS:
            raise ValueError(f"the longest side has {LEAST_PIXELS} to {MOST_PIXELS} pixels, not {self.longest_side}")
        if len(self.pattern) > 200 or len(self.folder) > 4096 or "\0" in self.pattern + self.folder:
            raise ValueError("the name or the folder is too long")

"""The part of each batch that one of several processes learns from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """The part of each batch that a process learns from.

    Attributes:
        index: Number of the process, from 0; that one writes what is kept.
        count: How many processes there are.
    """

    index: int = 0
    count: int = 1

    @property
    def is_chief(self) -> bool:
        """True if this process is the one that writes."""
        return self.index == 0

    def rows(self, batch_size: int) -> range:
        """Return the rows of a batch that are its own; some processes have one more where it does not divide evenly."""
        return range(self.index * batch_size // self.count, (self.index + 1) * batch_size // self.count)


WHOLE = Part()
"""All of each batch: there is one process."""

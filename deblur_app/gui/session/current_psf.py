"""The point spread function that the window works with: its one owner, which views read and listen to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from deblur_app.blur.psf import Psf


class CurrentPsf(QObject):
    """The PSF that the PSF editor shows and tries.

    Attributes:
        psf: The PSF; None while nothing is drawn.

    Signals:
        changed: There is another PSF; whether it is worth a try: the user has asked for it.
    """

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.psf: Psf | None = None

    def take(self, psf: Psf | None, *, is_wanted: bool = True) -> None:
        """Replace the PSF, and tell so."""
        self.psf = psf
        self.changed.emit(is_wanted)

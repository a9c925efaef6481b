"""What the panel of a photo says of it: the blur in words, and the time that its restoration takes or took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from deblur_app.core.texts import tr
from deblur_app.gui.session.time_forecast import learn_time

if TYPE_CHECKING:
    from deblur_app.engine.deblurring import Restored
    from deblur_app.engine.estimation.psf_estimate import PsfEstimate
    from deblur_app.gui.method.method_panel import MethodPanel
    from deblur_app.gui.session.session import Session


class PanelFacts(QObject):
    """The facts of the session's photo in the panel."""

    def __init__(self, panel: MethodPanel, session: Session) -> None:
        super().__init__(panel)
        self._panel, self._session = panel, session
        self._timed: Restored | None = None
        self._shown: PsfEstimate | None = None
        session.busy_changed.connect(self.show)
        session.progressed.connect(self._show_work)

    @Slot()
    def show(self) -> None:
        """Show in words what blurred the photo, and what its restoration takes or took."""
        self._show_blur()
        session, result = self._session, self._session.result
        if result and result.restored is not self._timed and session.input:
            self._timed = result.restored
            shape = session.input.picture.pixels.shape
            learn_time(result.restored.request.method, shape[0] * shape[1] / 1e6, result.restored.seconds)
        pixels = session.input.picture.pixels.shape if session.input else (0, 0)
        spent = (
            tr(
                "{seconds:.1f} s on {device}",
                seconds=result.restored.seconds,
                device=result.restored.device.partition(" (")[0],
            )
            if result
            else ""
        )
        self._panel.show_times(pixels[0] * pixels[1] / 1e6, spent)

    @Slot()
    def _show_work(self) -> None:
        """Say that the blur is being estimated, once the work on a photo has come to that, and then what it is."""
        session = self._session
        if not session.is_making or session.result is not None or session.psf:
            return
        estimate = session.known_estimate
        if estimate is None:
            self._panel.blur_card.show_words(tr("The blur is being estimated…"))
        elif estimate is not self._shown:
            self._shown = estimate
            self._panel.blur_card.show_estimate(estimate)

    def _show_blur(self) -> None:
        session, card = self._session, self._panel.blur_card
        result = session.result
        estimate = (result.restored.estimate if result else None) or session.known_estimate
        if session.psf:
            card.show_psf(session.psf)
        elif estimate:
            card.show_estimate(estimate)
        elif session.input is None:
            card.show_words(tr("Open a photo to see what blurred it."))
        elif session.is_making:
            card.show_words(tr("The blur is being estimated…"))
        elif result:
            card.show_words(tr("This method does not look for the blur."))
        else:
            card.show_words(tr("Not estimated yet."))

"""The pictures of a session on the screen, with captions, notices and previews; or those of a training instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Slot

from deblur_app.gui.viewer import captions
from deblur_app.gui.viewer.pane_notes import PaneNotes

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from deblur_app.core.task import Progress
    from deblur_app.core.tiling.local_tiling import Shares
    from deblur_app.gui.session.display import DisplayImage
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.viewer.panes import PaneRow
    from training.evaluation.evaluators import Preview


class Viewer(QObject):
    """The panes with what the session holds in them.

    It also tells the session which part of the photo the user looks at.

    Attributes:
        panes: Input, ground truth, predicted.
        notes: The notices below the pictures.
        shows_training: Whether the panes show pictures of a training in place of the user's.
    """

    def __init__(self, panes: PaneRow, session: Session) -> None:
        super().__init__(session)
        self.panes, self._session = panes, session
        self.notes = PaneNotes(panes, session)
        self.shows_training = False
        self._shows_part = False
        self._reasons: list[Callable[[], str]] = []
        session.progressed.connect(self._show_part)
        session.seen = self._visible_part

    # --- what it shows ----------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show what the session holds; no preview lies over it any more."""
        self._shows_part = False
        if self.shows_training:
            self.notes.hide()
            return
        session, panes = self._session, self.panes
        self.notes.refresh()
        panes.input.show_picture(_levels(session.input), captions.describe_input(session))
        panes.truth.show_picture(_levels(session.truth), captions.describe_truth(session))
        result = _levels(session.result.shown if session.result else None)
        panes.predicted.show_picture(result, captions.describe_result(session))
        panes.explain(captions.explain_figures() if session.comparison or session.input_quality else "")

    def show_training(self, preview: Preview) -> None:
        """Show a held-out pair of a training and what the network makes of it, in place of the user's pictures."""
        from deblur_app.gui.images import qt_image

        self.shows_training = True
        blurred, predicted = captions.describe_training(preview)
        self.panes.input.show_picture(qt_image.pyramid(preview.blurred), blurred)
        self.panes.truth.show_picture(qt_image.pyramid(preview.sharp), "the sharp photo")
        self.panes.predicted.show_picture(qt_image.pyramid(preview.predicted), predicted)
        self.panes.explain(captions.explain_figures())

    @property
    def scale(self) -> float:
        """The number of screen pixels for one pixel of the photo; 0 without a photo."""
        return self.panes.input.canvas.scale()

    # --- previews ---------------------------------------------------------------------------------------------------

    def add_reason(self, reason: Callable[[], str]) -> None:
        """Ask `reason`, too, why what the pane of the result shows cannot be {what}; "" where it can."""
        self._reasons.append(reason)

    @property
    def preview_sentence(self) -> str:
        """The reason why what the pane shows cannot be {what}, where it is no result; "" where it is one."""
        if self.shows_training:
            return "The panes show pictures of the training. Go to the Method tab: there your result can be {what}."
        for reason in self._reasons:
            if sentence := reason():
                return sentence
        if self._shows_part and self._session.is_making:
            return "This is a preview of a part. The result can be {what} as soon as the whole photo is done."
        return ""

    def _visible_part(self) -> Shares | None:
        """Return the part of the input that the panes show, in shares; None before there is one."""
        canvas = self.panes.input.canvas
        if canvas.image is None:
            return None
        part = canvas.visible()
        return part.left(), part.top(), part.right(), part.bottom()

    @Slot(object)
    def _show_part(self, progress: Progress) -> None:
        """Show a part of the result that is there before the whole, over the input where there was no result yet."""
        from deblur_app.gui.session.display import PartShown

        if not isinstance(progress, PartShown) or progress.image is None or self.shows_training:
            return
        self._shows_part = True
        predicted = self.panes.predicted
        if self._session.result is None:
            words = "Preview of this part – the rest is being computed"
            predicted.show_picture(_levels(self._session.input), words)
        left, top, right, bottom = progress.place
        predicted.canvas.show_part(progress.image, QRectF(QPointF(left, top), QPointF(right, bottom)))


def _levels(shown: DisplayImage | None) -> list[QImage]:
    return shown.levels if shown else []

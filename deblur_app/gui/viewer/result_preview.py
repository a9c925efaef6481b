"""Previews of parts of a result that are there before the whole, and their distinction from a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Slot

if TYPE_CHECKING:
    from deblur_app.core.local_tiling import Shares
    from deblur_app.core.task import Progress
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.tool_tabs import ToolTabs
    from deblur_app.gui.viewer.panes import PaneRow


class ResultPreview(QObject):
    """The preview in the pane of the result; it also tells the session what the user looks at."""

    def __init__(self, session: Session, panes: PaneRow, tabs: ToolTabs) -> None:
        super().__init__(session)
        self._session, self._panes, self._tabs = session, panes, tabs
        self._shows_part = False
        session.progressed.connect(self._show_part)
        session.seen = self._seen

    @property
    def sentence(self) -> str:
        """The reason why what the pane shows cannot be {what}, where it is no result; "" where it is one."""
        if self._tabs.shows_training:
            return "The panes show pictures of the training. Go to the Method tab: there your result can be {what}."
        if self._tabs.psf and self._tabs.psf.shows_preview:
            return "This is a preview of a part. “Deblur the whole photo” makes the result, which can be {what} then."
        if self._shows_part and self._session.is_making:
            return "This is a preview of a part. The result can be {what} as soon as the whole photo is done."
        return ""

    def end(self) -> None:
        """Remember that the pane shows no part any more."""
        self._shows_part = False

    def _seen(self) -> Shares | None:
        """Return the part of the input that the panes show, in shares; None before there is one."""
        canvas = self._panes.input.canvas
        if canvas.image is None:
            return None
        seen = canvas.visible()
        return seen.left(), seen.top(), seen.right(), seen.bottom()

    @Slot(object)
    def _show_part(self, progress: Progress) -> None:
        """Show a part of the result that is there before the whole, over the input where there was no result yet."""
        from deblur_app.gui.session.steps import PartShown

        if not isinstance(progress, PartShown) or progress.image is None or self._tabs.shows_training:
            return
        self._shows_part = True
        shown, predicted = self._session.input, self._panes.predicted
        if self._session.result is None:
            words = "Preview of this part – the rest is being computed"
            predicted.show_picture(shown.levels if shown else [], words)
        left, top, right, bottom = progress.place
        predicted.canvas.show_part(progress.image, QRectF(QPointF(left, top), QPointF(right, bottom)))

"""The pictures of a session on the screen, with captions, notices and previews."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Signal, Slot

from deblur_app.core.texts import tr
from deblur_app.gui.viewer import captions
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.viewer.compare.shown_picture import ShownPicture
from deblur_app.gui.viewer.pane_notes import PaneNotes

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from deblur_app.core.task import Progress
    from deblur_app.core.tiling.local_tiling import Shares
    from deblur_app.gui.session.display import DisplayImage
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.viewer.blur_map.map_tool import MapTool
    from deblur_app.gui.viewer.photo_view import PhotoView


class Viewer(QObject):
    """The view with what the session holds in it, and how far the work on it is.

    It also tells the session which part of the photo the user looks at. A photo that is opened is shown as a whole, and
    one with a ground truth as in Figure 2, until the truth is gone.

    Attributes:
        view: The view.
        notes: The notices below the pictures.

    Signals:
        draft_changed: Whether a draft of a photo that is being opened is shown.
    """

    draft_changed = Signal(bool)

    def __init__(self, view: PhotoView, session: Session) -> None:
        super().__init__(session)
        self.view, self._session = view, session
        self._input: DisplayImage | None = None
        self._has_truth = False
        self._mode_before: CompareMode | None = None  # Figure 2 was chosen by itself
        self.notes = PaneNotes(view.notices, session)
        self._shows_part = self._shows_draft = False
        self._reasons: list[Callable[[], str]] = []
        session.progressed.connect(self._show_part)
        session.progressed.connect(self._show_draft)
        session.busy_changed.connect(self._end_draft)
        session.busy_changed.connect(view.progress_line.set_busy)
        session.progressed.connect(view.progress_line.show_progress)
        view.stop_wanted.connect(session.cancel)
        view.visible_region_changed.connect(self._note_part)
        view.region_selected.connect(self._note_part)
        session.visible_shares = self._visible_part

    @cached_property
    def blur_map(self) -> MapTool:
        """The blur map over the photo; made when it is first wanted."""
        from deblur_app.gui.viewer.blur_map.map_tool import MapTool

        return MapTool(self._session, self.view)

    def finish(self) -> None:
        """End the small work of the viewer and wait for it: for the end of the program."""
        if "blur_map" in self.__dict__:
            self.blur_map.finish()

    # --- what it shows ----------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show what the session holds; no preview lies over it any more."""
        self._shows_part = self._shows_draft = False
        session, view = self._session, self.view
        self.notes.refresh()
        view.show_original(ShownPicture(_levels(session.input), captions.describe_input(session)))
        view.show_truth(ShownPicture(_levels(session.truth), captions.describe_truth(session)))
        result = _levels(session.result.display_image if session.result else None)
        view.show_result(ShownPicture(result, captions.describe_result(session)))
        has_figures = session.comparison or session.input_quality
        view.panes.explain(captions.explain_figures() if has_figures else "")
        self._choose_mode()
        if session.input is not self._input:
            self._input = session.input
            view.selection.select(None)
            view.fit()

    def _choose_mode(self) -> None:
        """Show Figure 2 where there is a ground truth, and the way of comparison before it where there is none again.

        What the user chooses meanwhile stays.
        """
        view, had_truth = self.view, self._has_truth
        self._has_truth = self._session.truth is not None
        if self._has_truth and not had_truth:
            self._mode_before = view.compare_mode
            view.set_compare_mode(CompareMode.FIGURE_2)
        elif had_truth and not self._has_truth and self._mode_before and view.compare_mode == CompareMode.FIGURE_2:
            view.set_compare_mode(self._mode_before)

    @property
    def scale(self) -> float:
        """The number of screen pixels for one pixel of the photo; 0 without a photo."""
        return self.view.scale()

    # --- previews ---------------------------------------------------------------------------------------------------

    def add_reason(self, reason: Callable[[], str]) -> None:
        """Ask `reason`, too, why what the pane of the result shows cannot be {what}; "" where it can."""
        self._reasons.append(reason)

    @property
    def preview_sentence(self) -> str:
        """The reason why what the pane shows cannot be {what}, where it is no result; "" where it is one."""
        for reason in self._reasons:
            if sentence := reason():
                return sentence
        if self._shows_part and self._session.is_making:
            return tr("This is a preview. The result can be {what} as soon as the whole photo is done.")
        return ""

    def _visible_part(self) -> Shares | None:
        """Return the selected part of the input, or else the visible one, in shares; None before there is one."""
        if not self.view.scale():
            return None
        part = self.view.selection.rectangle or self.view.visible()
        return part.left(), part.top(), part.right(), part.bottom()

    @Slot(object)
    def _show_draft(self, progress: Progress) -> None:
        """Show a draft of a photo that is being opened, in place of the photo before."""
        from deblur_app.gui.session.display import DraftShown

        if isinstance(progress, DraftShown):
            self._shows_draft = True
            view = self.view
            view.show_original(ShownPicture(list(progress.levels), progress.name))
            view.show_truth(ShownPicture())
            view.show_result(ShownPicture())
            view.selection.select(None)
            view.fit()
            self.draft_changed.emit(True)

    @Slot(bool)
    def _end_draft(self, is_busy: bool) -> None:
        """Show what is open again where a photo could not be opened, or its opening was stopped."""
        if self._shows_draft and not is_busy:
            self.refresh()
            self.draft_changed.emit(False)

    @Slot()
    def _note_part(self) -> None:
        """Let the work that goes on know what the user looks at now."""
        self._session.visible_part.shares = self._visible_part()

    @Slot(object)
    def _show_part(self, progress: Progress) -> None:
        """Show a part of the result that is there before the whole, over the input where there was no result yet."""
        from deblur_app.gui.session.display import PartShown

        if not isinstance(progress, PartShown) or progress.image is None:
            return
        is_first, self._shows_part = not self._shows_part, True
        if self._session.result is None and is_first:
            words = tr("Preview – the rest is being computed")
            self.view.show_result(ShownPicture(_levels(self._session.input), words, tr("Preview")))
        left, top, right, bottom = progress.place
        self.view.add_part(progress.image, QRectF(QPointF(left, top), QPointF(right, bottom)))


def _levels(display_image: DisplayImage | None) -> list[QImage]:
    return display_image.levels if display_image else []

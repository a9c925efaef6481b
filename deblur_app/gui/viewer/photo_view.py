"""The one large view of a photo, its result and a ground truth, in all ways of comparison.

For the window around it:

    view = PhotoView()
    view.show_original(ShownPicture(levels, caption)); view.show_result(…); view.show_truth(…)
    view.show_part(image, place)                 # a part over the result: a preview, a draft
    view.set_compare_mode(CompareMode.SPLIT)     # or by its keys; tells by mode_changed
    view.set_zoom(1.0); view.fit(); view.zoom_in(); view.zoom_out(); view.show_pixels()
    view.scale(), view.visible()                 # what is seen now

`levels` are made by `qt_image.pyramid` in the background. Zoom is in screen pixels for one pixel of the photo: 1 is
100 %. Places are in shares of the photo's width and height. Figure 2 is one of the modes: the paper's row of panes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.viewer.compare.compare_canvas import CompareCanvas
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.viewer.compare.gestures import Gestures
from deblur_app.gui.viewer.compare.overlays import Overlays
from deblur_app.gui.viewer.compare.progress_line import ProgressLine
from deblur_app.gui.viewer.linked_selection import LinkedSelection
from deblur_app.gui.viewer.pane import list_dropped_paths
from deblur_app.gui.viewer.pane_notes import Notices
from deblur_app.gui.viewer.panes import PaneRow
from deblur_app.gui.viewer.selection import Selection
from deblur_app.gui.viewer.view import zoom_limits
from deblur_app.gui.widgets.notice import Notice

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QShowEvent

    from deblur_app.gui.viewer.canvas import Canvas
    from deblur_app.gui.viewer.compare.shown_picture import ShownPicture

_STEP = 1.25
"""The factor of one step of the zoom."""


class PhotoView(QWidget):
    """The view of a photo and its result.

    Attributes:
        panes: Input, ground truth and predicted: the mode Figure 2.
        canvas: The large canvas of all other modes.
        view: The place and the zoom, shared by all.
        selection: The part of the photo that is selected.
        overlays: Navigator, loupe, histogram.
        progress_line: How far the work is.
        notices: Sentences about the photo, the ground truth and the result, for all modes.

    Signals:
        mode_changed: The `CompareMode` is another.
        zoom_changed: The screen pixels for one pixel of the photo; 0 without a photo.
        visible_region_changed: The visible part, a QRectF in shares.
        region_selected: The selected part, a QRectF in shares, or None for the whole photo.
        pixel_hovered: The `PixelReading` below the pointer; None beside the photo.
        dropped: Paths that were dropped on it.
        stop_wanted: The work is to be stopped.
        neighbour_wanted: The photo before (-1) or after (1) shall be opened: an arrow key, while the whole photo shows.
    """

    mode_changed = Signal(object)
    zoom_changed = Signal(float)
    visible_region_changed = Signal(QRectF)
    region_selected = Signal(object)
    pixel_hovered = Signal(object)
    dropped = Signal(list)
    neighbour_wanted = Signal(int)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panes = PaneRow()
        self.view = self.panes.view
        self.canvas = CompareCanvas(self.view)
        self.canvas.setAccessibleName(tr("Photo and result"))
        self._mode = CompareMode.SPLIT
        self._page: QWidget | None = None
        self._stack = QStackedWidget()
        for page in (self.canvas, self.panes):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setAcceptDrops(True)
        self.gestures = Gestures(self.canvas)
        self.selection = LinkedSelection((Selection(self.canvas), Selection(self.panes.input.canvas)), self)
        self.selection.changed.connect(lambda: self.region_selected.emit(self.selection.rectangle))
        self.notices = self._make_notices()
        self.progress_line = ProgressLine(self.canvas)
        self.progress_line.stop_wanted.connect(self.stop_wanted)
        self.gestures.mode_wanted.connect(self.choose_mode)
        self.gestures.pixel_hovered.connect(self.pixel_hovered)
        self.gestures.neighbour_wanted.connect(self.neighbour_wanted)
        self.canvas.zoom_changed.connect(self._tell_zoom)
        self.canvas.visible_region_changed.connect(lambda _: self.visible_region_changed.emit(self.visible()))

    def _make_notices(self) -> Notices:
        """Return the notices of the panes, and those of the photo and the result over the lower edge of the canvas."""
        panes, photo, result = self.panes, Notice(), Notice()
        self.overlays = Overlays(self.canvas, (photo, result))
        return Notices((panes.input.notice, photo), (panes.truth.notice,), (panes.predicted.notice, result))

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_original(self, picture: ShownPicture) -> None:
        """Show another photo, or none."""
        self.panes.input.show_picture(picture.levels, picture.caption)
        self.canvas.show_original(picture)
        self._describe()

    def show_truth(self, picture: ShownPicture) -> None:
        """Show another ground truth, or what takes its place, in Figure 2."""
        self.panes.truth.show_picture(picture.levels, picture.caption, picture.title)

    def show_result(self, picture: ShownPicture) -> None:
        """Show another result; no part lies over it any more."""
        self.panes.predicted.show_picture(picture.levels, picture.caption, picture.title)
        self.canvas.show_result(picture)

    def show_part(self, image: QImage, place: QRectF) -> None:
        """Show a part over the result, in place of the part before."""
        self.panes.predicted.canvas.show_part(image, place)
        self.canvas.show_part(image, place)

    def add_part(self, image: QImage, place: QRectF) -> None:
        """Show one more part over the result, as of one that is being made."""
        self.panes.predicted.canvas.add_part(image, place)
        self.canvas.add_part(image, place)

    @property
    def part(self) -> QImage | None:
        """The picture of a part that lies over the result, or None."""
        return self.canvas.part

    # --- ways of comparison -----------------------------------------------------------------------------------------

    @property
    def compare_mode(self) -> CompareMode:
        """The way of comparison."""
        return self._mode

    def set_compare_mode(self, mode: CompareMode) -> None:
        """Compare in another way; place and zoom stay."""
        if mode == self._mode:
            return
        scale, is_fit = self.scale(), self.view.zoom == 1.0
        self._mode = mode
        if mode != CompareMode.FIGURE_2:
            self.canvas.set_mode(mode)
        self.canvas.set_active(active=mode != CompareMode.FIGURE_2)
        self._choose_page()
        if mode == CompareMode.FIGURE_2 and self.scale():
            self.view.set_limits(*zoom_limits(self.scale() / self.view.zoom))
        if is_fit:
            self.fit()
        elif scale:
            self.set_zoom(scale)
        self.mode_changed.emit(mode)

    def choose_mode(self, mode: CompareMode) -> None:
        """Compare in another way as its key does: the split view, chosen again, turns its divider."""
        if mode == self._mode == CompareMode.SPLIT:
            divider = self.canvas.divider
            turned = Qt.Orientation.Horizontal if divider.is_vertical else Qt.Orientation.Vertical
            self.canvas.set_divider(replace(divider, orientation=turned))
        self.set_compare_mode(mode)

    def show_page(self, page: QWidget | None) -> None:
        """Show something else in place of the photo; None shows the photo again."""
        if self._page:
            self._stack.removeWidget(self._page)
        self._page = page
        if page:
            self._stack.addWidget(page)
        self._choose_page()
        if page is None:
            self._front.setFocus()

    def _choose_page(self) -> None:
        page: QWidget = self._page or (self.canvas if self._mode != CompareMode.FIGURE_2 else self.panes)
        self._stack.setCurrentWidget(page)
        if page is self.panes and (layout := self.panes.layout()):
            layout.activate()  # now, so that its scale can be asked for

    # --- place and zoom ---------------------------------------------------------------------------------------------

    def scale(self) -> float:
        """Return the number of screen pixels for one pixel of the photo; 0 without a photo."""
        return self._front.scale()

    def visible(self) -> QRectF:
        """Return the visible part of the photo, in shares of its width and height; only where there is a photo."""
        return self._front.visible()

    def set_zoom(self, scale: float) -> None:
        """Zoom to `scale` screen pixels for one pixel of the photo."""
        if self._mode != CompareMode.FIGURE_2:
            self.canvas.set_scale(scale)
        elif self.scale():
            self.view.set_zoom(self.view.zoom * scale / self.scale())

    def zoom_in(self) -> None:
        """Zoom in by one step."""
        self.set_zoom(self.scale() * _STEP)

    def zoom_out(self) -> None:
        """Zoom out by one step."""
        self.set_zoom(self.scale() / _STEP)

    def fit(self) -> None:
        """Show the whole photo."""
        self.view.fit()

    def show_pixels(self) -> None:
        """Zoom so that one pixel of the photo is one of the screen, or to the whole photo where that is so already."""
        if self.scale() and abs(self.scale() - 1.0) > 0.01:
            self.set_zoom(1.0)
        else:
            self.fit()

    @property
    def _front(self) -> CompareCanvas | Canvas:
        return self.panes.input.canvas if self._mode == CompareMode.FIGURE_2 else self.canvas

    def _tell_zoom(self) -> None:
        self.zoom_changed.emit(self.scale())
        self._describe()

    def _describe(self) -> None:
        """Say for those who cannot see it what the canvas shows."""
        photo = self.canvas.original
        name = photo.caption.partition("\n")[0]
        words = f"{self._mode.label}, {name}, {self.scale():.0%}" if photo else tr("No photo")
        self.canvas.setAccessibleDescription(words)

    # --- keys and drops -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Take the key of the original wherever the focus is in the window."""
        super().showEvent(event)
        self.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the original while its key is held; fields of text have taken it before."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() != Qt.Key.Key_Backslash or event.isAutoRepeat():
            return super().eventFilter(watched, event)
        self.canvas.hold_original(held=event.type() == QEvent.Type.KeyPress)
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept dragged files."""
        if list_dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which files were dropped."""
        event.acceptProposedAction()
        self.dropped.emit(list_dropped_paths(event))

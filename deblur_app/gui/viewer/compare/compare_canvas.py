"""The large canvas: an original and a result, painted in the chosen way of comparison, moved and zoomed by the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.viewer.compare import painting, viewports
from deblur_app.gui.viewer.compare.chips import paint_chip, paint_divider
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.viewer.compare.shown_picture import PixelReading, ShownPicture
from deblur_app.gui.viewer.compare.surround import Surround
from deblur_app.gui.viewer.compare.viewports import Divider, Role, Viewport
from deblur_app.gui.viewer.parts_canvas import PartsCanvas
from deblur_app.gui.viewer.view import LinkedView, fit_scale, picture_rectangle, zoom_limits

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QImage, QPaintEvent, QResizeEvent

_NONE = ShownPicture()


class CompareCanvas(PartsCanvas):
    """The canvas that paints original and result, at the place and zoom of a view.

    Attributes:
        view: The place and the zoom.

    Signals:
        zoom_changed: The screen pixels for one pixel of the photo; 0 without a photo.
        visible_region_changed: The visible part, in shares of the photo's width and height.
        pictures_changed: The photo or the result is another.
    """

    zoom_changed = Signal(float)
    visible_region_changed = Signal(QRectF)
    pictures_changed = Signal()

    def __init__(self, view: LinkedView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._original, self._result = _NONE, _NONE
        self._mode, self._divider, self._gain = CompareMode.SPLIT, Divider(), 4.0
        self._surround = Surround.THEME
        self._holds_original = self._shows_clipping = False
        self._shows_marks = self._is_active = True
        self._scale: float | None = None  # that the user has chosen; None fits the photo into the canvas
        self._is_refitting = False
        view.changed.connect(self._follow_view)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 120)
        self.setMouseTracking(True)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_original(self, picture: ShownPicture) -> None:
        """Show another photo."""
        self._original = picture
        self._refit()
        self.pictures_changed.emit()

    @property
    def holds_original(self) -> bool:
        """True while the original alone is shown."""
        return self._holds_original

    @property
    def image(self) -> QImage | None:
        """The photo at full size, or None."""
        return self._original.levels[0] if self._original else None

    def set_active(self, *, active: bool) -> None:
        """Keep place and zoom of the view to this canvas, or leave them to another one that is shown in its place."""
        self._is_active = active
        if active:
            self._scale = None if self.view.zoom == 1.0 else self.scale()
            self._refit()

    def show_result(self, picture: ShownPicture) -> None:
        """Show another result; no part lies over it any more."""
        self._result, self._parts = picture, []
        self.update()
        self.pictures_changed.emit()

    @property
    def original(self) -> ShownPicture:
        """The photo."""
        return self._original

    @property
    def result(self) -> ShownPicture:
        """The result."""
        return self._result

    @property
    def mode(self) -> CompareMode:
        """The way of comparison."""
        return self._mode

    def set_mode(self, mode: CompareMode) -> None:
        """Compare in another way."""
        self._mode = mode
        self._refit()

    @property
    def divider(self) -> Divider:
        """The line of the split view."""
        return self._divider

    def set_divider(self, divider: Divider) -> None:
        """Place the line of the split view."""
        self._divider = Divider(min(max(divider.share, 0.0), 1.0), divider.orientation)
        self.update()

    @property
    def gain(self) -> float:
        """The factor that differences are amplified by."""
        return self._gain

    def set_gain(self, gain: float) -> None:
        """Amplify differences by another factor, 1 to 32."""
        self._gain = min(max(gain, 1.0), 32.0)
        self.update()

    @property
    def surround(self) -> Surround:
        """The colour around the photo."""
        return self._surround

    def set_surround(self, surround: Surround) -> None:
        """Choose the colour around the photo."""
        self._surround = surround
        self.update()

    def hold_original(self, *, held: bool) -> None:
        """Show the original alone while it is held, whatever the way of comparison."""
        self._holds_original = held
        self.update()

    @property
    def shows_clipping(self) -> bool:
        """True if full and empty pixels are marked."""
        return self._shows_clipping

    def show_clipping(self, visible: bool) -> None:
        """Mark full and empty pixels, or not."""
        self._shows_clipping = visible
        self.update()

    def set_marks(self, *, visible: bool) -> None:
        """Show chips and divider over the pictures, or not."""
        self._shows_marks = visible
        self.update()

    # --- place and zoom ---------------------------------------------------------------------------------------------

    def scale(self) -> float:
        """Return the number of screen pixels for one pixel of the photo; 0 without a photo."""
        return self.view.zoom * self._fit_scale() * self.devicePixelRatioF()

    def set_scale(self, scale: float, around: QPointF | None = None) -> None:
        """Zoom to `scale` screen pixels for one of the photo, keeping the point `around` of the canvas where it is."""
        fit = self._fit_scale() * self.devicePixelRatioF()
        if not fit:
            return
        frame = self._frame_at(around)
        point = frame.center() if around is None else around
        place = self.place(point)
        least, most = zoom_limits(fit)
        zoom = min(max(scale / fit, least), most)
        size = QSizeF(*self._original.size) * (zoom * self._fit_scale())
        away = point - frame.center()
        self.view.look_at(place - QPointF(away.x() / size.width(), away.y() / size.height()), zoom)

    def fit(self) -> None:
        """Show the whole photo."""
        self.view.fit()

    def visible(self) -> QRectF:
        """Return the visible part of the photo, in shares of its width and height; only where there is a photo."""
        frame = self.viewports()[0].frame
        visible_rect = self.target(frame).intersected(frame)
        return QRectF(self.place(visible_rect.topLeft(), frame), self.place(visible_rect.bottomRight(), frame))

    def place(self, point: QPointF, frame: QRectF | None = None) -> QPointF:
        """Return the place of a point of the canvas, in shares of the photo's width and height."""
        target = self.target(frame or self._frame_at(point))
        return QPointF((point.x() - target.left()) / target.width(), (point.y() - target.top()) / target.height())

    def target(self, frame: QRectF | None = None) -> QRectF:
        """Return the rectangle of the whole photo, in the canvas's coordinates; only where there is a photo."""
        frame = frame or self.viewports()[0].frame
        picture = QSizeF(*self._original.size)
        ratio = self.devicePixelRatioF()
        target = picture_rectangle(self.view, picture, frame.size()).translated(frame.topLeft())
        return painting.scale_rectangle(painting.snap(painting.scale_rectangle(target, ratio), picture), 1 / ratio)

    def read_pixel(self, point: QPointF) -> PixelReading | None:
        """Return the colours at a point of the canvas; None beside the photo."""
        if not self._original:
            return None
        place = self.place(point)
        if not (0 <= place.x() < 1 and 0 <= place.y() < 1):
            return None
        width, height = self._original.size
        original = painting.read_pixel(self._original.levels[0], place)
        result = painting.read_pixel(self._result.levels[0], place) if self._result else None
        return PixelReading(int(place.x() * width), int(place.y() * height), original, result)

    def role_at(self, point: QPointF) -> Role:
        """Return which picture is seen at a point of the canvas."""
        ports = self.viewports()
        return next((port.role for port in ports if port.clip.contains(point)), ports[0].role)

    def _fit_scale(self) -> float:
        frame = self.viewports()[0].frame
        return fit_scale(QSizeF(*self._original.size), frame.size()) if self._original and not frame.isEmpty() else 0.0

    def _frame_at(self, point: QPointF | None) -> QRectF:
        ports = self.viewports()
        return next((port.frame for port in ports if point is not None and port.clip.contains(point)), ports[0].frame)

    def _refit(self) -> None:
        """Keep the zoom in screen pixels where the canvas or the photo has another size."""
        fit = self._fit_scale() * self.devicePixelRatioF()
        if fit and self._is_active:
            zoom = 1.0 if self._scale is None else self._scale / fit
            self._is_refitting = True
            self.view.set_limits(*zoom_limits(fit))
            self.view.set_zoom(zoom)
            self._is_refitting = False
        self.update()
        self._tell_view()

    def _follow_view(self) -> None:
        if not self._is_refitting:
            self._scale = None if self.view.zoom == 1.0 else self.scale()
            self._tell_view()
        self.update()

    def _tell_view(self) -> None:
        self.zoom_changed.emit(self.scale())
        if self._original:
            self.visible_region_changed.emit(self.visible())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the zoom, or the whole photo in sight."""
        super().resizeEvent(event)
        self._refit()

    # --- painting ---------------------------------------------------------------------------------------------------

    def _update_part(self, place: QRectF) -> None:
        for rectangle in self.find_rectangles(place):
            self.update(rectangle)

    def find_rectangles(self, place: QRectF) -> list[QRect]:
        """Return where a part of the photo is seen, in whole points and a little larger; `place` in shares."""
        targets = [self.target(port.frame) for port in self.viewports()]
        return [painting.place_rectangle(each, place).toAlignedRect().adjusted(-2, -2, 2, 2) for each in targets]

    def viewports(self) -> tuple[Viewport, ...]:
        """Return the parts of the canvas and their pictures."""
        mode = self._mode
        if self._holds_original or not self._result:
            whole = QRectF(self.rect())
            if mode != CompareMode.SIDE_BY_SIDE or not self._result:
                return (Viewport(Role.ORIGINAL, whole, whole),)
            return tuple(
                Viewport(Role.ORIGINAL, port.frame, port.clip)
                for port in viewports.lay_out(mode, QSizeF(self.size()), self._divider)
            )
        return viewports.lay_out(mode, QSizeF(self.size()), self._divider)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the visible part in the chosen way of comparison."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._surround.colour(self.palette())))
        if self._original:
            for port in self.viewports():
                self._paint_viewport(painter, port)
            if self._shows_marks:
                self._paint_marks(painter)
        if self.hasFocus():
            painter.setPen(self.palette().color(self.palette().ColorRole.Highlight))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_viewport(self, painter: QPainter, port: Viewport) -> None:
        ratio = self.devicePixelRatioF()
        target, clip = (painting.scale_rectangle(rect, ratio) for rect in (self.target(port.frame), port.clip))
        painter.save()
        painter.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
        if port.role == Role.ORIGINAL:
            painting.paint_picture(painter, self._original.levels, target, clip)
        elif port.role == Role.RESULT:
            painting.paint_picture(painter, self._result.levels, target, clip, self._parts)
        else:
            self._paint_difference(painter, target, clip)
        if self._shows_clipping and port.role != Role.DIFFERENCE:
            self._paint_clipping(painter, port.role, target, clip)
        painter.restore()

    def _paint_difference(self, painter: QPainter, target: QRectF, clip: QRectF) -> None:
        visible_rect = target.intersected(clip).toRect()
        moved = target.translated(-visible_rect.x(), -visible_rect.y())
        first = painting.render(visible_rect.size(), self._original.levels, moved)
        second = painting.render(visible_rect.size(), self._result.levels, moved, self._parts)
        painter.drawImage(visible_rect.topLeft(), painting.subtract(first, second, self._gain))

    def _paint_clipping(self, painter: QPainter, role: Role, target: QRectF, clip: QRectF) -> None:
        visible_rect = target.intersected(clip).toRect()
        levels = self._original.levels if role == Role.ORIGINAL else self._result.levels
        parts = [] if role == Role.ORIGINAL else self._parts
        image = painting.render(
            visible_rect.size(), levels, target.translated(-visible_rect.x(), -visible_rect.y()), parts
        )
        painter.drawImage(visible_rect.topLeft(), painting.find_clipped(image))

    def _paint_marks(self, painter: QPainter) -> None:
        """Paint the divider, and chips that tell which picture is which."""
        ports = self.viewports()
        if self._result and self._mode == CompareMode.SPLIT and len(ports) == 2:
            paint_divider(painter, self._divider, QRectF(self.rect()))
        for port in ports:
            visible_rect = port.clip.intersected(self.target(port.frame))
            is_second = len(ports) > 1 and port is ports[1]
            paint_chip(painter, self._name_of(port.role), visible_rect, is_second=is_second, divider=self._divider)

    def _name_of(self, role: Role) -> str:
        if role == Role.DIFFERENCE:
            return tr("Difference × {gain:g}", gain=self._gain)
        picture, usual = (self._original, tr("Original")) if role == Role.ORIGINAL else (self._result, tr("Result"))
        return picture.title or usual

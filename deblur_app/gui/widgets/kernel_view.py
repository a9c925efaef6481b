"""The kernel of a blur, enlarged, with its effect on fine detail and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

    from deblur_app.blur.kernel_arrays import KernelFacts

_HEIGHT = 104
"""The height of kernel and frequency response, in pixels."""

_SIDES = tr_later("Width and height of its array: {side} × {side} px. Point spread function (PSF) is its other name.")


class KernelView(QWidget):
    """The view of kernel and frequency response side by side, and of their figures in sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.kernel = _Square(tr("The kernel: what becomes of one point of light"), smooth=False)
        self.response = _Square(tr("What passes of coarse (middle) to fine detail (borders)"), smooth=True)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        squares = QHBoxLayout()
        for square, name in ((self.kernel, tr("One point of light")), (self.response, tr("Detail that passes"))):
            column = QVBoxLayout()
            column.setSpacing(3)
            label = QLabel(name)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            column.addWidget(square)
            column.addWidget(label)
            squares.addLayout(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(squares)
        layout.addWidget(self.facts)

    def show_kernel(self, kernel: QImage, response: QImage, facts: KernelFacts) -> None:
        """Show a kernel and its frequency response, given as images, with its figures."""
        self.kernel.show_image(kernel)
        self.response.show_image(response)
        self.facts.setText(describe(facts))
        self.facts.setToolTip(tr(_SIDES, side=facts.side))
        self.kernel.setAccessibleDescription(self.facts.text())


def describe(facts: KernelFacts) -> str:
    """Return size, centre and loss of detail of a kernel, in sentences."""
    width, height = facts.extent
    x, y = (value + 0.0 if abs(value) >= 0.005 else 0.0 for value in facts.centroid)  # no −0.00
    text = tr(
        "A point of light spreads over {width} × {height} px; its brightest pixel keeps {peak:.1%} of the "
        "light. The centre (centroid) is off by {x:.2f}, {y:.2f} px. ",
        width=width,
        height=height,
        peak=facts.peak,
        x=x,
        y=y,
    )
    if facts.cut_off is None:
        return text + tr("All detail survives (the response stays above 10 %).")
    return text + tr(
        "Detail finer than {cut_off:.1f} px is as good as lost "
        "(response below 10 % from {facts_cut_off:.2f} cycles per pixel).",
        cut_off=1 / facts.cut_off,
        facts_cut_off=facts.cut_off,
    )


class _Square(QWidget):
    """A small square picture."""

    def __init__(self, name: str, *, smooth: bool) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._smooth = smooth
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFixedHeight(_HEIGHT)

    @property
    def image(self) -> QImage | None:
        """The image that is shown, or None."""
        return self._image

    def show_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the picture in the middle, single pixels with sharp edges."""
        side = min(self.width(), self.height())
        place = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        painter.fillRect(place, Qt.GlobalColor.black)
        if self._image is not None:
            shrinks = self._image.width() > side * self.devicePixelRatioF()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth or shrinks)
            painter.drawImage(place, self._image)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(place.adjusted(0, 0, -1, -1))

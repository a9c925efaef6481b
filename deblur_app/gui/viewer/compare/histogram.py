"""The histogram of what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from deblur_app.core.texts import tr
from deblur_app.gui import theme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage, QPaintEvent

_SIZE = QSize(200, 90)
"""Points."""

_INKS = ((235, 80, 80), (80, 200, 110), (90, 140, 250))
"""Of red, green and blue; where they lie over each other, they add up to white."""

_PERCENTILE = 99.0
"""The bars are as high as all but this share of them: a black sky would make all others flat."""


def count_levels(image: QImage) -> NDArray[np.float64]:
    """Return the share of pixels with each level of red, green and blue, shape (3, 256)."""
    import cv2
    import numpy as np
    import qimage2ndarray

    values = qimage2ndarray.byte_view(image, byteorder="little")
    counts = [cv2.calcHist([values], [channel], None, [256], [0, 256]).ravel() for channel in (2, 1, 0)]
    shares: NDArray[np.float64] = np.asarray(counts, np.float64) / (values.shape[0] * values.shape[1])
    return shares


class HistogramBox(QWidget):
    """The histogram, over a corner of the canvas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shares: NDArray[np.float64] | None = None
        self.setFixedSize(_SIZE)
        self.setAccessibleName(tr("Histogram"))
        self.hide()

    def show_image(self, image: QImage | None) -> None:
        """Show the histogram of an image; a small copy of the photo has the same one."""
        self.shares = count_levels(image) if image is not None else None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint red, green and blue over each other."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRoundedRect(self.rect(), theme.RADIUS, theme.RADIUS)
        if self.shares is None:
            return
        import numpy as np

        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        highest = max(float(np.percentile(self.shares, _PERCENTILE)), 1e-6)
        width, height, edge = self.width() - 2 * theme.TIGHT, self.height() - 2 * theme.TIGHT, theme.TIGHT
        for shares, ink in zip(self.shares, _INKS, strict=True):
            tops = np.minimum(shares / highest, 1.0)
            points = [QPointF(edge + n / 255 * width, edge + (1 - top) * height) for n, top in enumerate(tops)]
            ends = [QPointF(edge + width, edge + height), QPointF(edge, edge + height)]
            painter.setBrush(QColor(*ink, 200))
            painter.drawPolygon(QPolygonF([*points, *ends]))

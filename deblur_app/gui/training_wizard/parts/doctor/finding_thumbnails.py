"""Small pictures of the files that a finding of the pair doctor is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.pair_doctor.doctor import Finding

SIZE = QSize(132, 64)
"""Room for two pictures beside each other."""

_SIDE = 64
_MOST = 200
"""Findings that get pictures; a list that is longer is not looked through picture by picture."""


def thumbnails(findings: Sequence[Finding]) -> Task[list[QImage]]:
    """Return for each finding its files side by side, blurred before sharp; a null image where none can be read."""
    images = []
    for number, finding in enumerate(findings[:_MOST]):
        yield Progress(number / len(findings), tr("Reading thumbnails"))
        images.append(_beside([small for path in finding.files[:2] if not (small := _small(path)).isNull()]))
    return images


def _small(path: Path) -> QImage:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    if (size := reader.size()).isValid():
        reader.setScaledSize(size.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _beside(pictures: list[QImage]) -> QImage:
    if not pictures:
        return QImage()
    sheet = QImage(SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    sheet.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sheet)
    for number, picture in enumerate(pictures):
        place = QRect(number * (_SIDE + 4), (_SIDE - picture.height()) // 2, picture.width(), picture.height())
        painter.drawImage(place, picture)
    painter.end()
    return sheet

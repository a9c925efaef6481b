"""Thumbnails of picture files, kept on disk so that they are made once."""

from __future__ import annotations

import hashlib
import logging
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter

from deblur_app.core.errors import DeblurError
from deblur_app.gui.viewer.compare.painting import checkerboard

if TYPE_CHECKING:
    from deblur_app.core.picture import Picture

log = logging.getLogger(__name__)

SIDE = 192
"""The longer side of a thumbnail, in pixels: sharp on screens of two pixels a point."""

_MOST = 5000
"""The most thumbnails that are kept on disk; 5 kB each."""

_BY_QT = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp"})
"""Endings of files of which Qt reads a small copy, JPEG in a fraction of the time of the whole."""


def cache_folder() -> Path:
    """Return the folder of thumbnails in the platform's folder for caches."""
    return Path(platformdirs.user_cache_dir("Deblur", appauthor=False)) / "thumbnails"


def make_thumbnail(path: Path) -> QImage:
    """Return the thumbnail of a picture file, made or as it was kept; a null image where it cannot be read."""
    try:
        status = path.stat()
    except OSError:
        return QImage()
    mark = hashlib.sha256(f"{path}\0{status.st_mtime_ns}\0{status.st_size}".encode(errors="surrogateescape"))
    kept = cache_folder() / f"{mark.hexdigest()[:32]}.jpg"
    image = QImage(str(kept)) if kept.is_file() else QImage()
    if image.isNull():
        image = _read_small(path)
        _keep(image, kept)
    return image


def forget_oldest(most: int = _MOST) -> None:
    """Remove the thumbnails that were made first, where there are more than are kept."""
    with suppress(OSError):
        files = sorted(cache_folder().glob("*.jpg"), key=lambda file: file.stat().st_mtime)
        for file in files[: max(len(files) - most, 0)]:
            file.unlink(missing_ok=True)


def _read_small(path: Path) -> QImage:
    if path.suffix.lower() in _BY_QT:
        reader = QImageReader(str(path))
        reader.setDecideFormatFromContent(True)
        reader.setAutoTransform(True)
        if (size := reader.size()).isValid():
            reader.setScaledSize(_fit(size))
            if not (image := reader.read()).isNull():
                return _lay_on_checkers(image)
    from deblur_app.core import image_io

    try:
        return _shrink(image_io.read(path))
    except (DeblurError, MemoryError) as error:
        log.info("No thumbnail of %s: %s", path, error)
        return QImage()


def _shrink(picture: Picture) -> QImage:
    from deblur_app.core.levels import display_white
    from deblur_app.core.picture import resize_pixels, to_uint8
    from deblur_app.gui.images import qt_image

    size = _fit(QSize(picture.width, picture.height))
    white = display_white(picture)
    width, height = max(size.width(), 1), max(size.height(), 1)
    small = qt_image.quantize_for_display(resize_pixels(picture.pixels, width, height), white)
    if picture.alpha is None:
        return qt_image.to_qimage(small)
    alpha = resize_pixels(picture.alpha[..., None].repeat(3, axis=2), width, height)[..., 0]
    return _lay_on_checkers(qt_image.to_qimage(small, to_uint8(alpha)))


def _lay_on_checkers(image: QImage) -> QImage:
    """Return a thumbnail without transparency: what is transparent shows the checkerboard, as in the viewer."""
    if not image.hasAlphaChannel():
        return image.convertToFormat(QImage.Format.Format_RGB32)
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    painter = QPainter(flat)
    painter.fillRect(flat.rect(), QBrush(checkerboard()))
    painter.drawImage(0, 0, image)
    painter.end()
    return flat


def _fit(size: QSize) -> QSize:
    """Return the size of a thumbnail; what is smaller stays as it is."""
    if max(size.width(), size.height()) <= SIDE:
        return size
    return size.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio)


def _keep(image: QImage, file: Path) -> None:
    """Write a thumbnail; one that cannot be written is made again the next time."""
    if image.isNull():
        return
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        if image.save(str(part), "JPG", 85):  # type: ignore[call-overload] # the stub asks for bytes, which fail
            part.replace(file)

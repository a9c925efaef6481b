"""The blur of the photo in words and as a picture, and other kinds of blur one click away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from deblur_app.core.texts import tr, upper_first
from deblur_app.engine.estimation.search import AUTO, KINDS
from deblur_app.gui import theme
from deblur_app.gui.theme import SPACE, TIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

    from deblur_app.blur.psf import Psf
    from deblur_app.engine.estimation.psf_estimate import PsfEstimate

LEAVE = "leave"
"""The choice that leaves the photo as it is."""

_LEAST_SHARE = 0.01
"""Share of the photo from which on it is worth a sentence."""

_SIDE = 64
"""The side of the picture of the kernel, in points."""


class KernelThumbnail(QWidget):
    """The kernel as a small picture."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_SIDE, _SIDE)
        self.setAccessibleName(tr("Kernel"))
        self.setToolTip(tr("What became of one point of light (the kernel, or PSF)"))
        self.image: QImage | None = None

    def show_image(self, image: QImage | None) -> None:
        """Show a kernel, or none."""
        self.image = image
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the kernel; an empty square where there is none."""
        painter = QPainter(self)
        colours = theme.colours_of(self.palette())
        if self.image is None:
            painter.setPen(QColor(colours.line))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.image.width() > _SIDE)
        painter.drawImage(self.rect(), self.image)


class BlurCard(QWidget):
    """The blur of the photo. The kinds of blur are those that can be looked for.

    Signals:
        kind_wanted: The kind of blur to look for, or `LEAVE`.
    """

    kind_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kernel = KernelThumbnail()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(SPACE)
        head.addWidget(self.kernel, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.sentence, 1)
        self._group = QButtonGroup(self)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(TIGHT)
        self.buttons: dict[str, QPushButton] = {}
        choices = [*((choice.value, tr(choice.label)) for choice in KINDS), (LEAVE, tr("leave as it is"))]
        for number, (value, label) in enumerate(choices):
            button = QPushButton(upper_first(label))
            button.setCheckable(True)
            button.setProperty("role", "choice")
            button.setAccessibleName(tr("Blur: {label}", label=label))
            button.setToolTip(_tip(value, label))
            button.clicked.connect(lambda _=False, value=value: self.kind_wanted.emit(value))
            self._group.addButton(button)
            self.buttons[value] = button
            grid.addWidget(button, number // 2, number % 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(head)
        layout.addLayout(grid)
        self.show_words(tr("Open a photo to see what blurred it."))
        self.show_kind(AUTO)
        self.set_photo(False)

    def set_photo(self, there: bool) -> None:
        """Say whether there is a photo that a kind of blur can be looked for in."""
        for button in self.buttons.values():
            button.setEnabled(there)

    def show_kind(self, kind: str) -> None:
        """Show which kind is looked for. No signal is emitted."""
        self.buttons.get(kind, self.buttons[AUTO]).setChecked(True)

    def show_words(self, text: str) -> None:
        """Show a sentence in place of an estimate."""
        self.sentence.setText(text)
        self.kernel.show_image(None)

    def show_estimate(self, estimate: PsfEstimate) -> None:
        """Show the blur that was found, and how sure that is."""
        words, sure = estimate.words, estimate.certainty
        self.sentence.setText(f"{words} · {sure}{_describe_rest(estimate.psf)}")
        self._show_kernel(estimate.psf)

    def show_psf(self, psf: Psf) -> None:
        """Show a PSF that was given in the PSF editor, or marked on the blur map."""
        if psf.trust:
            self.sentence.setText(f"{psf.describe()}{_describe_rest(psf)}")
        else:
            self.sentence.setText(tr("{psf} · from the PSF editor", psf=psf.describe()))
        self._show_kernel(psf)

    def _show_kernel(self, psf: Psf | None) -> None:
        from deblur_app.gui.images import kernel_images

        self.kernel.show_image(kernel_images.draw_kernel(psf.kernel) if psf else None)


def _describe_rest(psf: Psf | None) -> str:
    """Return a sentence about the part of a photo that has another blur; "" where it is none or next to none."""
    from deblur_app.engine.methods.restorer_psf import find_unused_share

    share = find_unused_share(psf) if psf else 0.0
    if share < _LEAST_SHARE:
        return ""
    words = tr(
        "{share:.0%} of the photo does not follow it, such as what moved by itself, and is restored without it. "
        "See the blur map (B).",
        share=share,
    )
    return f"\n{words}"


def _tip(value: str, label: str) -> str:
    if value == AUTO:
        return tr("Find out from the photo how it was blurred")
    return (
        tr("Show the photo without any change")
        if value == LEAVE
        else tr("Look for this kind of blur: {label}", label=label)
    )

"""The invitation: drop photos here, open some, try a sample, or go on with a recent one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from deblur_app.core.resources import resource
from deblur_app.core.texts import tr, tr_later
from deblur_app.gui import theme
from deblur_app.gui.first_sight.cards import PictureCard
from deblur_app.gui.look import icons
from deblur_app.gui.theme import LOOSE, SPACE
from deblur_app.gui.viewer.pane import list_dropped_paths

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QShowEvent

    from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader

SAMPLES = {"coffee": tr_later("Moved"), "cat": tr_later("Out of focus"), "rocket": tr_later("Camera shake")}
"""The samples by the name of their files, with the blur of each."""

_ICON = 40
"""The side of the icon of the invitation, in points."""

_SAMPLE, _RECENT = QSize(168, 104), QSize(96, 64)
"""The sizes of the pictures on cards, in points."""

_MOST_RECENT = 6
"""The most recent photos that are shown."""


class DropArea(QFrame):
    """The dashed area with the invitation and its buttons.

    Signals:
        dropped: List of the paths that were dropped on it.
    """

    dropped = Signal(list)

    def __init__(self, heading: str = "", words: str = "") -> None:
        """Make an area that asks for photos, or for what `heading` names, explained by `words`."""
        super().__init__()
        self.setAcceptDrops(True)
        self._is_welcoming = False
        self.icon = QLabel()
        self.icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = QLabel(heading or tr("Drop photos or a folder"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * theme.TITLE_SIZE / theme.BODY_SIZE)
        title.setFont(font)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        explanation = QLabel(words)
        explanation.setWordWrap(True)
        explanation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        explanation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        if not words:
            explanation.hide()
        self.open_photos = QPushButton(tr("&Open photos…"))
        self.open_photos.setProperty("role", "primary")
        self.open_folder = QPushButton(tr("Open &folder…"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.open_photos)
        buttons.addWidget(self.open_folder)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LOOSE, LOOSE, LOOSE, LOOSE)
        layout.setSpacing(LOOSE)
        layout.addStretch(1)
        layout.addWidget(self.icon)
        layout.addWidget(title)
        layout.addWidget(explanation)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint a dashed frame, in the accent while files hover over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours_of(self.palette())
        pen = QPen(QColor(colours.accent if self._is_welcoming else colours.edge), 2 if self._is_welcoming else 1.5)
        pen.setDashPattern([6, 5])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), theme.RADIUS, theme.RADIUS)

    def draw_icon(self) -> None:
        """Draw the icon in the present colours."""
        scale = self.devicePixelRatioF()
        drawing = icons.draw("image-plus", theme.colours_of(self.palette()).secondary, round(_ICON * scale))
        drawing.setDevicePixelRatio(scale)
        self.icon.setPixmap(drawing)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept dragged files, and show that they may be dropped here."""
        if list_dropped_paths(event):
            event.acceptProposedAction()
            self._welcome(True)

    def dragLeaveEvent(self, _: QDragLeaveEvent) -> None:
        """Stop showing that files may be dropped here."""
        self._welcome(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped files."""
        self._welcome(False)
        event.acceptProposedAction()
        self.dropped.emit(list_dropped_paths(event))

    def _welcome(self, welcoming: bool) -> None:
        self._is_welcoming = welcoming
        self.update()


class FirstSight(QScrollArea):
    """The invitation that is shown while no photo is open.

    Attributes:
        area: The invitation to drop.
        samples: The card of each sample, by the name of its files.
        recent: The cards of recent photos.
        again: The button that opens what was open the last time.

    Signals:
        sample_wanted: The name of a sample.
        photo_wanted: The path of a recent photo.
        last_session_wanted: The photos that were open the last time shall be opened again.
    """

    sample_wanted = Signal(str)
    photo_wanted = Signal(object)
    last_session_wanted = Signal()

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self.area = DropArea()
        self.samples = {name: PictureCard(tr(words), _SAMPLE) for name, words in SAMPLES.items()}
        for name, card in self.samples.items():
            card.setAccessibleName(tr("Try the example: {card}", card=card.text()))
            card.clicked.connect(partial(self.sample_wanted.emit, name))
        self.recent: list[PictureCard] = []
        self._recent_paths: list[Path] = []
        self._recent_title = _title(tr("Recent photos"))
        self.again = QPushButton()
        self.again.setProperty("role", "link")
        self.again.clicked.connect(self.last_session_wanted)
        self.again.hide()
        self._recent_row = QHBoxLayout()
        self._recent_row.addStretch(1)
        self._lay_out()
        loader.ready.connect(self._show_thumbnails)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Show the photos that were opened last, and begin to load all pictures."""
        for card in self.recent:
            card.deleteLater()
        self._recent_paths = list(paths[:_MOST_RECENT])
        self.recent = [PictureCard(path.name, _RECENT, is_name=True) for path in self._recent_paths]
        for number, (path, card) in enumerate(zip(self._recent_paths, self.recent, strict=True)):
            card.setToolTip(str(path))
            card.clicked.connect(partial(self.photo_wanted.emit, path))
            self._recent_row.insertWidget(number, card)
        self._recent_title.setVisible(bool(self.recent))
        self._show_thumbnails()

    def offer_last_session(self, photos: int) -> None:
        """Offer to open the photos that were open the last time."""
        self.again.setText(
            tr("Open the photo of last time again")
            if photos == 1
            else tr("Open the {photos} photos of last time again", photos=photos)
        )
        self.again.show()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the icon for the screen that it is on."""
        super().showEvent(event)
        self.area.draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in other colours."""
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange and self.isVisible():
            self.area.draw_icon()

    @Slot()
    def _show_thumbnails(self) -> None:
        for name, card in self.samples.items():
            halves = [self._loader.thumbnail(resource("samples", f"{name}_{end}.jpg")) for end in ("blurred", "sharp")]
            card.show_images(*(half or QImage() for half in halves))
        for path, card in zip(self._recent_paths, self.recent, strict=True):
            card.show_images(self._loader.thumbnail(path) or QImage())

    def _lay_out(self) -> None:
        page = QWidget()
        samples = QHBoxLayout()
        samples.setSpacing(SPACE)
        for card in self.samples.values():
            samples.addWidget(card)
        samples.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.area, 1)
        column.addSpacing(SPACE)
        column.addWidget(_title(tr("Try an example")))
        column.addLayout(samples)
        column.addSpacing(SPACE)
        titles = QHBoxLayout()
        titles.addWidget(self._recent_title)
        titles.addStretch(1)
        titles.addWidget(self.again)
        column.addLayout(titles)
        column.addLayout(self._recent_row)
        self._recent_title.hide()
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _title(text: str) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label

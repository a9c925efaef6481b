"""The wizard can be read in a narrow dock, in a small and in a large window, and with a large font."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from deblur_app.gui import theme
from deblur_app.gui.look.style_sheet import make_style_sheet
from deblur_app.gui.training_wizard.parts.columns import Columns
from deblur_app.gui.training_wizard.parts.figures_table import FiguresTable, column_of
from deblur_app.gui.training_wizard.parts.step_bar import StepBar
from deblur_app.gui.training_wizard.parts.tiles import Tile, create_tile_grid
from deblur_app.gui.training_wizard.state import STEPS, PageId
from tests.gui.training_wizard.driving import show_panel, unfold
from training.fit.progress import EpochFigures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from deblur_app.gui.training_wizard.wizard import TrainingWizard

SIZES = [(420, 760), (1024, 700), (1920, 1080)]
FIGURES = EpochFigures(12, 0.0123, 0.9, 0.0123, 0.912, 26.15, 0.812, 1e-3, 1.0)


@pytest.fixture(params=[0, 14], ids=["usual font", "14 pt"])
def font(request: pytest.FixtureRequest) -> Iterator[QFont]:
    """The font of all widgets."""
    before = QApplication.font()
    font = QFont(before)
    if request.param:
        font.setPointSize(request.param)
    QApplication.setFont(font)
    yield font
    QApplication.setFont(before)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_is_cut_and_no_page_is_scrolled_sideways(
    font: QFont, panel: TrainingWizard, size: tuple[int, int]
) -> None:
    """On each page, with all that it may have, every word and figure has the room that it needs."""
    panel.resize(*size)
    for page in STEPS:
        unfold(panel, page)
        if page == PageId.TRAINING:
            columns = [column_of(name, FIGURES) for name in ("Latest", "Best", "Blurred")]
            panel.training_page.table.show_columns(columns)
        panel.grab()
        QApplication.processEvents()
        place = panel._places[page]
        assert place.widget().minimumSizeHint().width() <= place.viewport().width(), page
        assert not list(cut_widgets(panel)), page


def cut_widgets(window: QWidget) -> Iterator[str]:
    """Less is seen of a text than the whole of it."""
    for widget in [*window.findChildren(QAbstractButton), *window.findChildren(QLabel)]:
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        if widget.isVisible() and widget.text() and not wraps and widget.width() < widget.minimumSizeHint().width():
            yield widget.text()
    for table in window.findChildren(FiguresTable):
        if table.isVisible():
            yield from cut_cells(table)


def cut_cells(table: FiguresTable) -> Iterator[str]:
    """The texts of cells and titles that are wider than their column."""
    for column in range(table.columnCount()):
        for item in (table.horizontalHeaderItem(column), *(table.item(row, column) for row in range(4))):
            if max(map(table.fontMetrics().horizontalAdvance, item.text().split("\n"))) > table.columnWidth(column):
                yield item.text()


def test_the_steps_stand_at_the_left_of_a_wide_window(panel: TrainingWizard) -> None:
    """Wide: below each other, beside the page; narrow: in a row above it."""
    panel.resize(1024, 700)
    assert panel.steps.is_vertical
    panel.resize(420, 760)
    assert not panel.steps.is_vertical


def test_steps_keep_their_numbers_where_there_is_no_room_for_names(qtbot: QtBot) -> None:
    """In a narrow row the present step has its name, and the others their numbers: none is an ellipsis."""
    bar = StepBar(["Pictures", "Model", "Settings"])
    qtbot.addWidget(bar)
    bar.show_step(1)
    bar.resize(bar.minimumSizeHint().width(), 40)
    bar.grab()
    assert [button.text() for button in bar.buttons] == ["&1", "&2 Model", "&3"]
    assert bar.buttons[0].accessibleName() == "Step 1: Pictures"
    bar.resize(900, 40)
    bar.grab()
    assert [button.text() for button in bar.buttons] == ["&1 Pictures", "&2 Model", "&3 Settings"]


def test_pictures_of_a_row_are_equally_large_whatever_is_said_below_them(qtbot: QtBot) -> None:
    """A long line below one picture makes no other picture larger."""
    window = QWidget()
    qtbot.addWidget(window)
    grid = create_tile_grid()
    window.setLayout(grid)
    tiles = [Tile("Blurred"), Tile("Sharp")]
    for column, tile in enumerate(tiles):
        tile.place(grid, 0, column)
    tiles[0].caption.setText("Moving object: length 14 px, angle 32°, and much more that does not fit into one line")
    window.resize(420, 300)
    window.grab()
    assert tiles[0].canvas.height() == tiles[1].canvas.height()
    assert abs(tiles[0].canvas.width() - tiles[1].canvas.width()) <= 1


def test_columns_stand_beside_each_other_where_there_is_room(qtbot: QtBot) -> None:
    """And go below each other again when the place becomes narrow."""
    first, second = QLabel("first"), QLabel("second")
    columns = Columns((first,), (second,))
    qtbot.addWidget(columns)
    columns.resize(1200, 400)
    columns.grab()
    assert columns.is_wide
    assert second.mapTo(columns, QPoint()).x() > first.mapTo(columns, QPoint()).x() + 300
    columns.resize(500, 400)
    columns.grab()
    assert not columns.is_wide
    assert second.mapTo(columns, QPoint()).y() > first.mapTo(columns, QPoint()).y()


def test_the_button_that_goes_on_has_room_for_its_bold_words(qtbot: QtBot) -> None:
    """In the look of the window, which is bold for the one primary button of a page."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before = application.styleSheet()
    application.setStyleSheet(make_style_sheet(theme.DARK))
    try:
        panel = show_panel(qtbot, 1024, 640)
        panel.model.go_to(PageId.SETTINGS)
        QApplication.processEvents()
        (button,) = (each for each in panel.findChildren(QPushButton) if "trainin" in each.text() and each.isVisible())
        bold = QFont(button.font())
        bold.setWeight(QFont.Weight.DemiBold)
        words = button.text().replace("&", "")
        assert words == "Start training"
        assert button.width() >= QFontMetrics(bold).horizontalAdvance(words) + 2 * theme.SPACE
    finally:
        application.setStyleSheet(before)

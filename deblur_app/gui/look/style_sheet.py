"""The style sheet of the window, written from the tokens of `gui.theme`.

It says only what Fusion and the palette cannot: cards, the one primary button, sliders that can be seen, fields of one
height. A widget asks for a role by a property: `role="primary"` on a button, `role="card"` on a frame, and so on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.resources import resource
from deblur_app.gui.theme import CONTROL_HEIGHT, DARK, RADIUS, SPACE, TIGHT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from deblur_app.gui.theme import Colours

_GROOVE = 4
"""The thickness of a slider's groove, in points."""

_HANDLE = 14
"""The diameter of a slider's handle, in points."""

_SHEET = """
QToolTip {{ color: {text}; background: {panel}; border: 1px solid {edge}; padding: {tight}px; }}
QMainWindow::separator, QSplitter::handle {{ background: {ground}; width: {tight}px; height: {tight}px; }}
QSplitter::handle:hover {{ background: {accent}; }}
QMenuBar {{ background: {ground}; }}
QMenu {{ background: {panel}; border: 1px solid {line}; padding: {tight}px; }}
QMenu::item {{ padding: {tight}px {menu}px; border-radius: {tight}px; }}
QMenu::item:selected {{ background: {accent}; color: {on_accent}; }}
QMenu::item:disabled {{ background: transparent; color: {disabled}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: {tight}px {space}px; }}
QMenu::indicator {{ width: 14px; height: 14px; left: 5px; }}
QMenu::indicator:checked {{ image: url({icons}/check-{menu_shade}.svg); }}
QStatusBar::item {{ border: none; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}

QPushButton, QToolButton[role="button"] {{
  background: {card}; color: {text}; border: 1px solid {line}; border-radius: {radius}px;
  padding: 0 {pad}px; min-height: {height}px;
}}
QPushButton:hover, QToolButton[role="button"]:hover {{ border-color: {edge}; background: {hover}; }}
QPushButton:pressed, QPushButton:checked, QToolButton[role="button"]:checked {{ background: {line}; }}
QPushButton:disabled, QToolButton[role="button"]:disabled {{ color: {disabled}; background: {panel}; }}
QPushButton:focus, QToolButton[role="button"]:focus {{ border: 2px solid {accent}; padding: 0 {pad_in}px; }}
QPushButton:default, QPushButton[role="primary"], QToolButton[role="primary"] {{
  background: {accent}; color: {on_accent}; border: 1px solid {accent};
  border-radius: {radius}px; padding: 0 {pad}px; min-height: {height}px;
}}
QPushButton[role="primary"], QToolButton[role="primary"] {{ font-weight: 600; }}
QPushButton:default:hover, QPushButton[role="primary"]:hover, QToolButton[role="primary"]:hover {{
  background: {accent_hover}; border-color: {accent_hover};
}}
QPushButton:default:focus, QPushButton[role="primary"]:focus, QToolButton[role="primary"]:focus {{
  border: 2px solid {text}; padding: 0 {pad_in}px;
}}
QPushButton:default:disabled, QPushButton[role="primary"]:disabled, QToolButton[role="primary"]:disabled {{
  background: {panel}; color: {disabled}; border: 1px solid {line};
}}
QPushButton[role="choice"], QToolButton[role="button"][dense="true"] {{ padding: 0 {tight}px; }}
QPushButton[role="choice"]:focus, QToolButton[role="button"][dense="true"]:focus {{ padding: 0 3px; }}
QPushButton[role="choice"]:checked {{ border-color: {accent}; }}
QToolButton[role="link"], QPushButton[role="link"] {{
  background: transparent; border: 1px solid transparent; color: {accent}; padding: 0 2px; min-height: 20px;
}}
QToolButton[role="link"]:hover, QPushButton[role="link"]:hover {{ border-color: {line}; }}
QToolButton[role="link"]:focus, QPushButton[role="link"]:focus {{ border: 1px solid {accent}; }}
QToolButton[role="link"]:disabled, QPushButton[role="link"]:disabled {{ color: {disabled}; }}
QToolButton[role="title"] {{
  background: transparent; border: 1px solid transparent; border-radius: {radius}px; font-weight: 600;
  text-align: left; min-height: {height}px;
}}
QToolButton[role="fold"] {{
  background: transparent; border: 1px solid transparent; border-radius: {radius}px; color: {secondary};
  text-align: left; min-height: {height}px;
}}
QToolButton[role="fold"]:hover {{ color: {text}; }}
QToolButton[role="fold"]:focus {{ border: 1px solid {accent}; }}
QToolButton[role="title"]:focus {{ border: 1px solid {accent}; }}
QToolButton[role="flat"] {{
  background: transparent; border: 1px solid transparent; border-radius: {radius}px; padding: 0 {tight}px;
  min-height: {height}px;
}}
QToolButton[role="flat"]:hover {{ background: {hover}; }}
QToolButton[role="flat"]:checked {{ background: {line}; }}
QToolButton[role="flat"]:focus {{ border: 1px solid {accent}; }}
QToolButton[role="flat"]:disabled {{ color: {disabled}; }}

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox {{
  background: {card}; color: {text}; border: 1px solid {line}; border-radius: {radius}px; padding: 0 6px;
  min-height: {height}px; selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit {{ padding: 0 4px; }}
QSpinBox, QDoubleSpinBox {{ min-height: {inner_height}px; padding: 0 3px; }}
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover {{ border-color: {edge}; }}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{ border: 1px solid {accent}; }}
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {{
  color: {disabled}; background: {panel};
}}
QToolButton::menu-indicator {{ image: none; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url({icons}/chevron-down.svg); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {panel}; border: 1px solid {line}; }}
QSpinBox::up-button, QDoubleSpinBox::up-button {{ border: none; width: 18px; subcontrol-position: top right; }}
QSpinBox::down-button, QDoubleSpinBox::down-button {{ border: none; width: 18px; subcontrol-position: bottom right; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ image: url({icons}/chevron-up.svg); width: 12px; height: 12px; }}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ image: url({icons}/chevron-down.svg); width: 12px; height: 12px; }}

QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {{
  width: 14px; height: 14px; border: 1px solid {edge}; background: {card};
}}
QCheckBox::indicator, QAbstractItemView::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{
  background: {accent}; border-color: {accent}; image: url({icons}/check-{shade}.svg);
}}
QRadioButton::indicator:checked {{ border: 5px solid {accent}; width: 6px; height: 6px; background: {on_accent}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {line}; background: {panel}; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding-right: 4px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {accent}; }}

QSlider::groove:horizontal {{ height: {groove}px; border-radius: 2px; background: {edge}; }}
QSlider::sub-page:horizontal {{ height: {groove}px; border-radius: 2px; background: {accent}; }}
QSlider::handle:horizontal {{
  width: {handle}px; height: {handle}px; margin: -{out}px 0; border-radius: {half}px;
  background: {text}; border: 1px solid {ground};
}}
QSlider::handle:horizontal:hover {{ background: {accent_hover}; }}
QSlider:focus {{ border: 1px solid {accent}; border-radius: {radius}px; }}
QSlider::groove:horizontal:disabled, QSlider::sub-page:horizontal:disabled {{ background: {line}; }}
QSlider::handle:horizontal:disabled {{ background: {disabled}; }}

QProgressBar {{
  background: {line}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; text-align: center;
}}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {scroll}; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }}
QScrollBar::handle:hover {{ background: {edge}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: none; border: none; width: 0; height: 0;
}}

QGroupBox {{
  background: {card}; border: 1px solid {line}; border-radius: {radius}px; margin-top: {title}px; padding: {space}px;
}}
QGroupBox::title {{ subcontrol-origin: margin; left: 0; padding: 0 2px; font-weight: 600; }}
QFrame[role="card"] {{ background: {card}; border: 1px solid {line}; border-radius: {radius}px; }}
QFrame[role="bar"] {{ background: {panel}; border: none; border-bottom: 1px solid {line}; }}
QFrame[role="foot"] {{ background: {panel}; border: none; border-top: 1px solid {line}; }}
QFrame[role="palette"] {{ background: {panel}; border: 1px solid {edge}; border-radius: {radius}px; }}
QWidget[role="panel"] {{ background: {ground}; }}

QListView[role="list"] {{
  background: {card}; border: 1px solid {line}; border-radius: {radius}px; outline: none;
}}
QListView[role="list"]::item {{ padding: {tight}px 6px; }}
QListView[role="list"]:focus {{ border: 1px solid {accent}; }}

QTabBar::tab {{
  background: transparent; color: {secondary}; padding: {tight}px {pad}px; border-bottom: 2px solid transparent;
}}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
QTabBar::tab:hover, QTabBar::tab:focus {{ color: {text}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}
QHeaderView::section {{ background: {panel}; color: {secondary}; border: none; padding: {tight}px; }}
"""


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another role in the style sheet."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def make_style_sheet(colours: Colours) -> str:
    """Return the style sheet of a window in these colours."""
    is_dark = colours is DARK
    return _SHEET.format(
        **{name: getattr(colours, name) for name in colours.__dataclass_fields__},
        shade="dark" if is_dark else "light",
        menu_shade="light" if is_dark else "dark",  # a tick that is seen on a menu, not on the accent
        menu=3 * SPACE,
        icons=resource("icons", "controls").as_posix(),
        space=SPACE,
        tight=TIGHT,
        radius=RADIUS,
        pad=SPACE + TIGHT,
        pad_in=SPACE + TIGHT - 1,
        height=CONTROL_HEIGHT - 2,
        inner_height=CONTROL_HEIGHT - 5,  # Qt adds the frame of the editor inside
        title=3 * SPACE,
        groove=_GROOVE,
        handle=_HANDLE,
        half=_HANDLE // 2 + 1,
        out=(_HANDLE - _GROOVE) // 2 + 1,
    )

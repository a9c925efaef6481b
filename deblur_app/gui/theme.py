"""Tokens of the window's look: colours in dark and in light, spacing, type, radii and durations.

Colours are written as #rrggbb. Grey surrounds are neutral, so that they do not tint a photo. `tests/gui/test_theme.py`
measures the contrast of all text.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

# --- sizes, in points of the screen that do not grow with its pixels --------------------------------------------------

SPACE = 8
"""The step of all distances: 0.5 within a group, 1 between its parts, 2 between groups."""

TIGHT, LOOSE = SPACE // 2, 2 * SPACE
"""Distances within a group and between groups."""

RADIUS = 6
"""The radius of the corners of cards and buttons."""

CONTROL_HEIGHT, TOUCH_HEIGHT = 28, 36
"""The height of buttons and fields for a pointer, and for fingers."""

CAPTION_SIZE, BODY_SIZE, TITLE_SIZE = 11, 13, 15
"""Sizes of type in pixels: captions, all other text, titles of cards."""

# --- durations, in milliseconds ---------------------------------------------------------------------------------------

SETTLE = 400
"""Milliseconds that changes wait for more of them before anything is computed."""


@dataclass(frozen=True)
class Colours:
    """The colours of a dark or a light window.

    Attributes:
        ground: Behind everything.
        panel: Of panels and menus.
        card: Of fields, buttons and cards on a panel.
        line: Between parts, and around fields.
        edge: Around what can be set and has no text, such as sliders and check boxes.
        hover: Of a button under the pointer.
        scroll: Of the handle of a scroll bar.
        surround: Around a photo.
        text: Of most text.
        secondary: Of captions and explanations.
        disabled: Of what cannot be used now.
        accent: Of the primary action, of what is chosen, and of the focus.
        accent_hover: The accent under the pointer.
        on_accent: Of text on the accent.
        ok: Of what went well.
        warn: Of warnings.
        error: Of errors.
    """

    ground: str
    panel: str
    card: str
    line: str
    edge: str
    hover: str
    scroll: str
    surround: str
    text: str
    secondary: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    ok: str
    warn: str
    error: str


DARK = Colours(
    ground="#1e1e1e", panel="#252526", card="#2d2d2d", line="#3a3a3a", edge="#7c7c7c", hover="#363637",
    scroll="#565656", surround="#181818",
    text="#e6e6e6", secondary="#a8a8a8", disabled="#7a7a7a",
    accent="#4c9aff", accent_hover="#74b1ff", on_accent="#0d1117", ok="#4cc38a", warn="#f5b83d", error="#ff6b76",
)  # fmt: skip

LIGHT = Colours(
    ground="#f6f6f6", panel="#ffffff", card="#ffffff", line="#d0d0d0", edge="#8a8a8a", hover="#ececec",
    scroll="#b4b4b4", surround="#d6d6d6",
    text="#1b1b1b", secondary="#5a5a5a", disabled="#8c8c8c",
    accent="#0a62c9", accent_hover="#0850a6", on_accent="#ffffff", ok="#1a7446", warn="#855400", error="#b3261e",
)  # fmt: skip

MARK, SECOND_MARK = "#ffa43a", "#56b4e9"
"""Marks that lie over photos and kernels, such as a selection: seen on dark and light ones, and by the colour-blind."""

MASK = "#e5484d"
"""The colour over a photo where a mask is, as programs for photos have it."""

CHECKERS = ("#c8c8c8", "#969696")
"""The squares behind what is transparent, in dark and light windows alike, as programs for photos show them."""

WARNING = "#d55e00"
"""The edge of a warning over a photo."""


def is_dark(palette: QPalette) -> bool:
    """Return whether a palette is that of a dark window."""
    return palette.color(QPalette.ColorRole.Window).lightnessF() < 0.5


def colours_of(palette: QPalette) -> Colours:
    """Return the colours that go with a palette."""
    return DARK if is_dark(palette) else LIGHT


def make_palette(colours: Colours) -> QPalette:
    """Return the palette of a window in these colours, for all roles and for disabled widgets too."""
    role, palette = QPalette.ColorRole, QPalette()
    roles = {
        role.Window: colours.ground,
        role.WindowText: colours.text,
        role.Base: colours.card,
        role.AlternateBase: colours.panel,
        role.ToolTipBase: colours.panel,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.secondary,
        role.Text: colours.text,
        role.Button: colours.card,
        role.ButtonText: colours.text,
        role.BrightText: colours.error,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Light: colours.line,
        role.Midlight: colours.line,
        role.Mid: colours.line,
        role.Dark: colours.surround,
        role.Shadow: colours.surround,
    }
    for one, colour in roles.items():
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText, role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(colours.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours.line))
    return palette


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2.2, from 1 for equal ones to 21 for black and white."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour, in [0, 1]: of linear sRGB, as WCAG defines it."""
    values = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

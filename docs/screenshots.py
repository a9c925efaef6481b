"""Takes the pictures of the window in docs/images: empty, with a photo, and in dark. Runs without a screen.

Those of the training wizard are taken by `wizard_pictures.py`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_FOLDER = tempfile.TemporaryDirectory()
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
    os.environ[_name] = _FOLDER.name

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402

from deblur_app.app import Application  # noqa: E402
from deblur_app.gui.look.appearance import ColourScheme  # noqa: E402

IMAGES = Path(__file__).parent / "images"
_SIZE = (1360, 800)


def wait(until: object, seconds: float) -> None:
    """Let the window live until a signal comes, or for some seconds."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    until.connect(loop.quit)  # type: ignore[attr-defined]
    loop.exec()


def main() -> None:
    """Take all pictures."""
    application = Application(sys.argv[:1])
    application.appearance.apply(ColourScheme.LIGHT)
    window = application.window
    window.resize(*_SIZE)
    window.show()
    while window.status.engine.text() != "Ready":
        wait(window.painted, 0.2)
    take(window, "first-sight")
    window.opener.open_sample()
    while window.session.is_busy or window.session.comparison is None:
        wait(window.session.changed, 1)
    take(window, "window")
    application.appearance.apply(ColourScheme.DARK)
    take(window, "window-dark")
    application.appearance.apply(ColourScheme.LIGHT)
    application.quit()


def take(window: object, name: str) -> None:
    """Write what the window shows."""
    wait(window.painted, 0.5)  # type: ignore[attr-defined]
    window.grab().save(str(IMAGES / f"{name}.png"))  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()

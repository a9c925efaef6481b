"""Takes the pictures of the window in docs/images: a photographer's session, in dark and light, small and large.

Runs without a screen: `python docs/screenshots.py`. Those of the training wizard are taken by `wizard_pictures.py`.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_FOLDER = tempfile.TemporaryDirectory()
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
    os.environ[_name] = _FOLDER.name
_IS_LARGE = "--large" in sys.argv
if _IS_LARGE:
    os.environ["QT_SCALE_FACTOR"] = "2"  # before Qt starts

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QScrollArea  # noqa: E402

from deblur_app.app import Application  # noqa: E402
from deblur_app.core.resources import resource  # noqa: E402
from deblur_app.gui.look.appearance import ColourScheme  # noqa: E402
from deblur_app.gui.shell.workspace import Workspace  # noqa: E402
from deblur_app.gui.viewer.compare.compare_mode import CompareMode  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGES = Path(__file__).parent / "images"
_USUAL, _SMALL, _LARGE = (1360, 850), (1024, 700), (1920, 1080)
_MINUTES = 10  # to wait for something, at most


def main() -> None:
    """Take all pictures."""
    application = Application(sys.argv[:1])
    window = application.window
    window.resize(*(_LARGE if _IS_LARGE else _USUAL))
    window.build()
    window.show()
    until(lambda: window.status.engine.text() == "Ready")
    if not _IS_LARGE:
        begin(application, window)
    open_photos(window)
    if _IS_LARGE:
        take(window, "large.jpg")
    else:
        work(application, window)
        batch(application, window)
        compare(application, window)
    window.close_when_idle()
    until(lambda: not window.isVisible())
    if not _IS_LARGE:
        subprocess.run([sys.executable, __file__, "--large"], check=True)


def begin(application: Application, window: Any) -> None:
    """Take the first sight."""
    take(window, "first-sight.png")
    application.appearance.apply(ColourScheme.LIGHT)
    take(window, "first-sight-light.png")
    application.appearance.apply(ColourScheme.DARK)


def open_photos(window: Any) -> None:
    """Open three photos, and restore the first."""
    photos = [resource("samples", f"{name}_blurred.jpg") for name in ("coffee", "cat", "rocket")]
    window.opener.open_paths(photos)
    until(lambda: window.session.result is not None and not window.session.is_busy)


def work(application: Application, window: Any) -> None:
    """Take the split view in dark and light, versions, small window, preferences, and the other workspaces."""
    take(window, "split.png")
    application.appearance.apply(ColourScheme.LIGHT)
    take(window, "split-light.png")
    application.appearance.apply(ColourScheme.DARK)
    window.resize(*_SMALL)
    take(window, "small.png")
    window.resize(*_USUAL)
    paint_mask(window)
    for name, values in (("restorer-blind", {}), ("denoise", {"strength": 1.5})):
        window.tools.method_panel.ask_for(name, values)
        until(lambda: not window.session.is_busy)
    versions = window.tools.method_panel.versions
    window.tools.method_panel.findChild(QScrollArea).ensureWidgetVisible(versions)
    take(window, "versions.png")
    dialog = window.view_commands.show_preferences()
    take(dialog, "preferences.png")
    dialog.show_section("Keys")
    take(dialog, "keys.png")
    dialog.close()
    window.tools.show_psf()
    take(window, "psf-editor.png")
    wizard = window.tools.show_training()
    until(lambda: not wizard.is_busy())
    take(window, "training.png")
    window.tools.show_photo()


def paint_mask(window: Any) -> None:
    """Take a mask that is painted on the photo, and take the mask away again."""
    panel, editor = window.tools.method_panel, window.tools.mask.editor
    window.photo_view.set_compare_mode(CompareMode.RESULT)
    panel.mask_card.tools.buttons[1].click()
    editor.begin_stroke((0.3, 0.35))
    for step in range(1, 21):
        editor.extend_stroke((0.3 + 0.02 * step, 0.35 + 0.2 * math.sin(step / 6)))
    editor.end_stroke()
    until(lambda: not window.tools.live_blend.wholes.is_busy)
    panel.findChild(QScrollArea).ensureWidgetVisible(panel.mask_card)
    take(window, "mask.png")
    panel.mask_card.clearing_wanted.emit()
    panel.mask_card.tools.buttons[0].click()
    panel.mask_card.show_mask.click()
    window.photo_view.set_compare_mode(CompareMode.SPLIT)


def batch(application: Application, window: Any) -> None:
    """Take a batch of the samples at work, and the review of its results, in dark and light."""
    window.tools.show(Workspace.BATCH)
    page = window.batch.page
    page.work.add([resource("samples", f"{name}_blurred.jpg") for name in ("coffee", "cat", "rocket")])
    until(lambda: page.model.rows)
    with tempfile.TemporaryDirectory(prefix="Restored ") as folder:
        page.panel.show_folder(Path(folder))
        page.start()
        until(lambda: {"done", "running"} <= {row.state for row in page.model.rows})
        take_both(application, window, "batch")
        until(lambda: not page.work.is_busy)
        page.steps.show_one(page.model.rows[1].photo.relative)
        until(lambda: page.review.canvas.image is not None)
        take_both(application, window, "batch-review")
    page.show_photos()
    window.tools.show_photo()


def take_both(application: Application, window: Any, name: str) -> None:
    """Take a picture in light, and one in dark."""
    application.appearance.apply(ColourScheme.LIGHT)
    take(window, f"{name}-light.png")
    application.appearance.apply(ColourScheme.DARK)
    take(window, f"{name}.png")


def compare(application: Application, window: Any) -> None:
    """Take the view of the paper, with a ground truth and figures."""
    window.opener.open_sample()
    until(lambda: window.session.comparison is not None and not window.session.is_busy)
    window.tools.method_panel.ask_for("restorer", {})
    until(lambda: window.session.request.method == "restorer" and not window.session.is_busy)
    window.photo_view.set_compare_mode(CompareMode.FIGURE_2)
    take(window, "window-dark.png")
    application.appearance.apply(ColourScheme.LIGHT)
    take(window, "window.png")


def take(widget: Any, name: str) -> None:
    """Write what a window shows."""
    wait(0.6)
    widget.grab().save(str(IMAGES / name), quality=85)


def wait(seconds: float) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def until(condition: Callable[[], object]) -> None:
    """Let the window live until something is so.

    Raises:
        RuntimeError: It is not so after some minutes.
    """
    for _ in range(_MINUTES * 600):
        if condition():
            return
        wait(0.1)
    raise RuntimeError("the window did not get there")


if __name__ == "__main__":
    main()

"""Takes the pictures of the window in docs/images: a photographer's session, in dark and light, small and large.

Runs without a screen: `python docs/screenshots.py` takes all of them, each part in a process of its own;
`--part photo` takes those of one part (`photo`, `tools`, `figure`, `batch`, `training`, `large`, `german`). Those of
the training wizard, page by page, are taken by `wizard_pictures.py`.
"""

from __future__ import annotations

import json
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
_PARTS = ("photo", "tools", "figure", "batch", "training", "large", "german")
_PART = sys.argv[2] if sys.argv[1:2] == ["--part"] else ""
if _PART == "large":
    os.environ["QT_SCALE_FACTOR"] = "2"  # before Qt starts

from PIL import Image  # noqa: E402
from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QDialog, QScrollArea  # noqa: E402

from deblur_app.app import Application  # noqa: E402
from deblur_app.core.resources import resource  # noqa: E402
from deblur_app.core.settings import settings_file  # noqa: E402
from deblur_app.gui.look.appearance import ColourScheme  # noqa: E402
from deblur_app.gui.shell.workspace import Workspace  # noqa: E402
from deblur_app.gui.viewer.compare.compare_mode import CompareMode  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGES = Path(__file__).parent / "images"
_USUAL, _SMALL, _LARGE = (1360, 850), (1024, 700), (1920, 1080)
_EPOCHS = 5  # of the training, before its picture is taken
_MINUTES = 10  # to wait for something, at most


def main() -> None:
    """Take the pictures of one part, or of all."""
    if not _PART:
        for part in _PARTS:
            subprocess.run([sys.executable, __file__, "--part", part], check=True)
        return
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(json.dumps({"look": "dark", "language": "de" if _PART == "german" else "en"}))
    application = Application(sys.argv[:1])
    window = application.window
    window.resize(*(_LARGE if _PART == "large" else _USUAL))
    window.build()
    window.show()
    until(lambda: window.view_commands.devices)
    takers = (photo, tools, figure, batch, training, large, german)
    {taker.__name__: taker for taker in takers}[_PART](application, window)
    window.close_when_idle()
    until(lambda: not window.isVisible())


def photo(application: Application, window: Any) -> None:
    """Take the first sight, a photo at work, and its split view in dark and light, usual and small."""
    take_both(application, window, "first-sight")
    open_photos(window)
    take_both(application, window, "split")
    window.resize(*_SMALL)
    take(window, "small.png")


def large(_: Application, window: Any) -> None:
    """Take the window on a screen of 3840 × 2160 pixels at 200 %."""
    open_photos(window)
    take(window, "large.jpg")


def german(_: Application, window: Any) -> None:
    """Take the window in German: the first sight, a photo, and the training, small."""
    take(window, "german-first-sight.png")
    open_photos(window)
    take(window, "german.png")
    window.resize(*_SMALL)
    take(window, "german-small.png")
    wizard = window.tools.show_training()
    until(lambda: not wizard.is_busy())
    take(window, "german-training.png")


def open_photos(window: Any) -> None:
    """Open three photos, and restore the first."""
    photos = [resource("samples", f"{name}_blurred.jpg") for name in ("coffee", "cat", "rocket")]
    window.opener.open_paths(photos)
    until(lambda: window.session.input is not None)
    if _PART == "photo":
        take(window, "restoring.png")
    until(lambda: window.session.result is not None and not window.session.is_busy)


def tools(_: Application, window: Any) -> None:
    """Take mask, contact sheet, versions, dialogs, and the other workspaces."""
    open_photos(window)
    paint_mask(window)
    take_contact_sheet(window)
    for name, values in (("restorer-blind", {}), ("denoise", {"strength": 1.5})):
        window.tools.method_panel.ask_for(name, values)
        until(lambda: not window.session.is_busy)
    versions = window.tools.method_panel.versions
    window.tools.method_panel.findChild(QScrollArea).ensureWidgetVisible(versions)
    take(window, "versions.png")
    window.commands.choose_target()
    export = next(each for each in window.findChildren(QDialog) if each.isVisible())
    take(export, "export.png")
    export.close()
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


def take_contact_sheet(window: Any) -> None:
    """Take one part of the photo by every method."""
    window.sheets.toggle()
    until(lambda: not window.session.is_busy)
    take(window, "contact-sheet.png")
    window.sheets.close()


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


def training(application: Application, window: Any) -> None:
    """Take a training that runs, with its curves and pictures over the whole window, in dark and light."""
    from wizard_pictures import some_photos

    window.opener.open_sample()
    until(lambda: window.session.result is not None and not window.session.is_busy)
    wizard = window.tools.show_training()
    until(lambda: not wizard.is_busy())
    wizard.pictures_page.take([some_photos(None)])
    until(lambda: wizard.model.inputs.count and not wizard.is_busy())
    take(window, "training-pictures.png")
    wizard.next.click()
    wizard.model.choose_network("restorer")
    wizard.model.start_from("bundled")
    wizard.next.click()
    for key, value in (("epochs", 12), ("data.steps_per_epoch", 12), ("batch_size", 4), ("learning_rate", 1e-4)):
        wizard.model.set_value(key, value)
    take(window, "training-settings.png")
    wizard.next.click()
    page = wizard.training_page
    until(lambda: page.latest is not None and page.latest.epoch >= _EPOCHS and page.scrubber.epoch == page.latest.epoch)
    take_both(application, window, "training-running")
    page.cancel.click()
    until(lambda: not wizard.is_busy())


def take_both(application: Application, window: Any, name: str) -> None:
    """Take a picture in light, and one in dark."""
    application.appearance.apply(ColourScheme.LIGHT)
    take(window, f"{name}-light.png")
    application.appearance.apply(ColourScheme.DARK)
    take(window, f"{name}.png")


def figure(application: Application, window: Any) -> None:
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
    """Write what a window shows; as PNG in 256 colours, which is a third of the size and looks the same."""
    wait(0.6)
    image = Image.fromqimage(widget.grab().toImage()).convert("RGB")
    if name.endswith(".png"):
        palette = image.quantize(256)
        image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(IMAGES / name, optimize=True)
    else:
        image.save(IMAGES / name, quality=85)


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

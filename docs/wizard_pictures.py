"""Takes the pictures of docs/wizard: the training wizard from a folder of sharp photos to a model in use.

Runs without a screen: `python docs/wizard_pictures.py [--photos DIR] [--epochs N]`. Without DIR it cuts photos out of
those that scikit-image ships.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_FOLDER = tempfile.TemporaryDirectory()
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
    os.environ[_name] = _FOLDER.name

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402

from deblur_app.app import Application  # noqa: E402
from deblur_app.gui.look.appearance import ColourScheme  # noqa: E402
from deblur_app.gui.training_wizard.state import PageId  # noqa: E402

IMAGES = Path(__file__).parent / "wizard"
_SIZE = (1500, 980)
_COUNT = 30  # photos
_MINUTES = 60  # to wait for something, at most


def wait(seconds: float) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def until(condition: Any) -> None:
    """Let the window live until something is so.

    Raises:
        RuntimeError: It is not so after an hour.
    """
    for _ in range(_MINUTES * 600):
        if condition():
            return
        wait(0.1)
    raise RuntimeError("the wizard did not get there")


def main() -> None:
    """Walk through the wizard."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, help="folder of sharp photos, of which 30 are taken")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--steps", type=int, default=12, help="batches in an epoch")
    arguments = parser.parse_args()
    photos = some_photos(arguments.photos)
    IMAGES.mkdir(exist_ok=True)
    application = Application(sys.argv[:1])
    application.appearance.apply(ColourScheme.LIGHT)
    window = application.window
    window.resize(*_SIZE)
    window.build()
    window.show()
    until(lambda: window.status.engine.text() == "Ready")
    window.opener.open_sample()
    until(lambda: not window.session.is_busy)
    wizard = window.tools.show_training()
    until(lambda: not wizard.is_busy())
    choose_pictures(window, wizard, photos)
    choose_settings(window, wizard, arguments.epochs, arguments.steps)
    train(window, wizard)
    look_at_result(window, wizard)
    application.appearance.apply(ColourScheme.DARK)
    take(window, "5-result-dark")
    application.appearance.apply(ColourScheme.LIGHT)
    use(window, wizard)
    window.close_when_idle()


def take(window: Any, name: str) -> None:
    """Write what the window shows."""
    wait(0.6)
    window.grab().save(str(IMAGES / f"{name}.png"))


def some_photos(folder: Path | None) -> Path:
    """Return a folder of thirty sharp photos."""
    target = Path(_FOLDER.name, "my photos")
    target.mkdir()
    if folder is not None:
        from deblur_app.core.files import file_names

        found = file_names.pictures_in(folder)
        for path in found[:: max(len(found) // _COUNT, 1)][:_COUNT]:
            shutil.copy(path, target)
        return target
    import skimage.data

    from deblur_app.core import image_io
    from deblur_app.core.picture import Picture, from_integer

    pictures = [from_integer(getattr(skimage.data, name)()) for name in ("astronaut", "coffee", "chelsea", "rocket")]
    for number in range(_COUNT):
        pixels = pictures[number % len(pictures)]
        top, left = (number * 37) % (pixels.shape[0] - 256), (number * 61) % (pixels.shape[1] - 256)
        image_io.write(Picture(pixels[top : top + 256, left : left + 256].copy()), target / f"photo {number:02}.png")
    return target


def choose_pictures(window: Any, wizard: Any, photos: Path) -> None:
    """Take pages 1 and 2: photos, blurs, network."""
    wizard.pictures_page.take([photos])
    until(lambda: wizard.model.inputs.count == _COUNT)
    until(lambda: not wizard.pictures_page.blur_form.blurred.image.isNull() and not wizard.is_busy())
    take(window, "1-pictures")
    wizard.next.click()
    wizard.model.choose_network("restorer")
    wizard.model.start_from("bundled")
    take(window, "2-model")


def choose_settings(window: Any, wizard: Any, epochs: int, steps: int) -> None:
    """Take page 3: a quick look, and the expected time."""
    wizard.next.click()
    page = wizard.settings_page
    page.preset.setCurrentIndex(page.preset.findData("quick"))
    page.knobs["epochs"].setValue(epochs)
    page.knobs["data.steps_per_epoch"].setValue(steps)
    page.knobs["batch_size"].setValue(4)
    page.knobs["learning_rate"].setValue(1e-4)
    page.watch.setChecked(True)
    page.forecast.button.click()
    until(lambda: not wizard.is_busy())
    print(page.forecast.text.text())
    take(window, "3-settings")
    page.more.setChecked(True)
    take(window, "3-settings-more")


def train(window: Any, wizard: Any) -> None:
    """Take page 4: curves, coach, previews."""
    wizard.next.click()
    page = wizard.training_page
    until(lambda: page.latest is not None and page.latest.epoch >= 2 and page.scrubber.epoch is not None)
    page.pause.click()
    until(lambda: page.scrubber.epoch == page.latest.epoch)
    take(window, "4-training")
    page.scrubber.slider.setValue(0)
    wait(0.5)
    take(window, "4-training-scrubbed")
    page.pause.click()


def look_at_result(window: Any, wizard: Any) -> None:
    """Take page 5: figures, samples, a name."""
    until(
        lambda: wizard.model.page == PageId.RESULT and wizard.result_page.outcome is not None and not wizard.is_busy()
    )
    wizard.result_page.name.setText("My first network")
    wizard.result_page.name.editingFinished.emit()
    until(lambda: not wizard.is_busy())
    take(window, "5-result")


def use(window: Any, wizard: Any) -> None:
    """Export the model, install it, and use it on a photo."""
    from deblur_app.core.task import run_to_end
    from deblur_app.engine.models import installed

    file = Path(_FOLDER.name, "my first network.deblur")
    wizard.result_page.exports.export(wizard.result_page.run, file)
    until(lambda: not wizard.is_busy())
    take(window, "5-exported")
    model = run_to_end(installed.install(file)).model
    wizard.model_ready.emit(model.card)
    until(lambda: not window.session.is_busy and window.session.result is not None)
    take(window, "6-in-use")
    print(window.session.result.restored.request)


if __name__ == "__main__":
    main()

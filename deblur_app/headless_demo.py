"""The main job without a window: for machines that have no display."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.metrics import ACCURACY_EXPLAINED, percent
from deblur_app.core.resources import resource
from deblur_app.engine import tasks
from deblur_app.engine.method import Request
from deblur_app.terminal import drive, run_main

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from deblur_app.engine.tasks import Comparison, Restored


def main() -> int:
    """Deblur the bundled sample, print the figures, and write the pictures and one of the window."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("deblur-out"), help="folder to write to")
    return run_main(lambda: demonstrate(parser.parse_args().out))


def demonstrate(out: Path) -> int:
    """Do the main job into the folder `out`, which is made if need be.

    Raises:
        DeblurError: The folder cannot be written to.
    """
    console = Console()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeblurError(f"The folder “{out}” cannot be made: {error.strerror}.") from error
    blurred, sharp = (resource("samples", f"coffee_{kind}.jpg") for kind in ("blurred", "sharp"))
    restored, comparison = drive(tasks.restore_file(blurred, Request(), out / "after.png", truth=sharp))
    image_io.write(image_io.read(blurred), out / "before.png")
    console.print(_table(restored, comparison))
    console.print(ACCURACY_EXPLAINED, style="dim")
    _picture_of_window(out / "window.png")
    console.print(f"Written to {out.resolve()}: before.png, after.png, window.png", soft_wrap=True)
    return 0


def _table(restored: Restored, comparison: Comparison | None) -> Table:
    title = f"The bundled sample, {restored.picture.size_text} px, {restored.seconds:.1f} s on {restored.device}"
    table = Table(title=title)
    for column in ("", "PSNR (dB)", "SSIM", "accuracy"):
        table.add_column(column, justify="right" if column else "left")
    if comparison:
        for name, q in (("do nothing", comparison.do_nothing), (restored.request.method, comparison.result)):
            table.add_row(name, f"{q.psnr:.2f}", f"{q.ssim:.3f}", percent(q.accuracy))
    return table


def _picture_of_window(path: Path) -> None:
    """Let the real window open the sample, off the screen, and write what it shows."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import qInstallMessageHandler

    from deblur_app.app import Application

    qInstallMessageHandler(lambda _kind, _context, text: log.info("Qt: %s", text))  # such as what no screen supports
    application = Application(sys.argv[:1])
    window = application.window
    window.build()
    window.opener.open_sample()

    def finish_when_done() -> None:
        if not window.session.is_busy:
            window.grab().save(str(path))
            application.quit()

    window.session.busy_changed.connect(finish_when_done)
    window.show()
    application.exec()


if __name__ == "__main__":
    sys.exit(main())

"""Time from process start to the first paint of the window, beside a bare PySide6 window with one label.

Figures: `first_paint` (seconds), `first_paint_processor` (seconds of processor time until then, which other work on the
machine changes less) and `tensorflow_loaded` (whether TensorFlow was in memory at that moment, 0 or 1). All modules
are compiled, as from the second start of a program on.
With `--frozen FOLDER`, such as dist/deblur, the installed program beside the source: `frozen_paint`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import Figure, in_turn, parse_options, report

_ROOT = Path(__file__).resolve().parents[1]
_OPTION = "--time-first-paint"
_OURS = [sys.executable, "-m", "deblur_app", _OPTION]

_PEER = [sys.executable, "-c", """
import time
from PySide6.QtWidgets import QApplication, QLabel
class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), time.process_time(), 0, flush=True)
        import os; os._exit(0)
application = QApplication([])
label = Label("Deblur")
label.resize(1360, 760)
label.show()
application.exec()
"""]  # fmt: skip


def first_paint(command: list[str]) -> tuple[float, float, int]:
    """Run a program up to its first paint.

    Returns:
        Seconds since its start, seconds of processor time, and whether TensorFlow was loaded then.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "XDG_CONFIG_HOME": folder,
            "XDG_RUNTIME_DIR": folder,
            "QT_LOGGING_RULES": "*=false",
        }
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        begin = time.time()
        done = subprocess.run(command, env=environment, cwd=_ROOT, capture_output=True, text=True, check=True)
    at, processor, loaded = done.stdout.split()
    return float(at) - begin, float(processor), int(loaded)


def measure_frozen(program: Path, times: int) -> None:
    """Measure the start of the installed program beside that from source."""

    def frozen() -> float:
        return first_paint([str(program), _OPTION])[0]

    def source() -> float:
        return first_paint(_OURS)[0]

    frozen(), source()  # the first start reads the disk
    median, source_median = in_turn(frozen, source, times)
    report("startup", {"frozen_paint": Figure(median, "s", source_median)})


def main() -> None:
    """Measure both in turn."""
    options = parse_options(__doc__, frozen="the folder of the installed program")
    times = 7 if options.quick else 21
    if options.frozen:
        measure_frozen(Path(options.frozen).resolve() / "deblur-gui", times)
        return
    runs: dict[str, list[tuple[float, float, int]]] = {"ours": [], "peer": []}

    def measure(name: str, command: list[str]) -> float:
        runs[name].append(first_paint(command))
        return runs[name][-1][0]

    first_paint(_OURS), first_paint(_PEER)  # the first start reads the disk, and compiles
    median, peer_median = in_turn(lambda: measure("ours", _OURS), lambda: measure("peer", _PEER), times)
    busy, peer_busy = (statistics.median(run[1] for run in runs[name]) for name in ("ours", "peer"))
    report(
        "startup",
        {
            "first_paint": Figure(median, "s", peer_median),
            "first_paint_processor": Figure(busy, "s", peer_busy),
            "tensorflow_loaded": Figure(max(run[2] for run in runs["ours"]), "0 or 1"),
        },
    )


if __name__ == "__main__":
    main()

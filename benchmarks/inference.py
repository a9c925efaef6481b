"""Speed of prediction beside Keras's own `predict`, and time and memory for a whole photograph.

Figures: `autoencoder_batch16` (pictures/s), and for a 12-megapixel photo in tiles, from file to file in a process of
its own: `photo_12mp_seconds` and `photo_12mp_peak_mb` (largest resident memory of that process).

Of the restorer, where its weights are bundled or a card is given: `restorer_flops` (GFLOP/s; the peer: a 3 × 3
convolution of its first width in the same precision), `tiling_cost` (seconds for 12 megapixels in tiles; the peer: the
bare network on as many pixels), and from file to file `restorer_12mp_seconds`, `restorer_12mp_peak_mb` and
`restorer_100mp_peak_mb`, which `--quick` leaves out. `--quick` takes photos of 3 megapixels, and says so in the names
of the figures.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from measuring import Figure, in_turn, report, seconds

from benchmarks.networks import restorer as inference_restorer
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.resources import resource
from deblur_app.core.task import run_to_end
from deblur_app.engine import devices, neural
from deblur_app.engine.method import BUNDLED
from deblur_app.engine.methods.restorer_blind import find_bundled_card

_BATCH = 16  # pictures
_PHOTO, _SMALL_PHOTO = (3000, 4000), (1536, 2048)
_LARGE = (8660, 11_547)

_WHOLE = """
import json, resource, sys, time
from pathlib import Path
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.method import Request
begin = time.perf_counter()
restored, _ = run_to_end(tasks.restore_file(Path(sys.argv[1]), Request("autoencoder"), Path(sys.argv[2])))
print(json.dumps({"seconds": restored.seconds, "all_seconds": time.perf_counter() - begin,
                  "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def main() -> None:
    """Measure batches in turn, then photographs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, smaller photos")
    parser.add_argument(
        "--card", type=Path, default=find_bundled_card(), help="the restorer's model (default: bundled)"
    )
    parser.add_argument("--only-restorer", action="store_true", help="leave the paper's network out")
    options = parser.parse_args()
    figures = {} if options.only_restorer else autoencoder(options.quick)
    if options.card.exists():
        figures |= restorer(options.card.resolve(), options.quick)
    report("inference", figures)


def restorer(card: Path, is_quick: bool) -> dict[str, Figure]:
    """Measure the figures of the restorer."""
    times = 1 if is_quick else 5
    size, name = _choose_photo(is_quick)
    network, alone = inference_restorer.flops(card, times)
    tiled, bare = inference_restorer.tiling(card, size, times)
    small = [inference_restorer.measure_file(card, *size) for _ in range(1 if is_quick else 3)]
    time, memory = (float(np.median([p[key] for p in small])) for key in ("seconds", "peak_mb"))
    figures = {
        "restorer_flops": Figure(network, "GFLOP/s", alone),
        "tiling_cost": Figure(tiled, "s", bare),
        f"restorer_{name}_seconds": Figure(time, "s"),
        f"restorer_{name}_peak_mb": Figure(memory, "MB"),
    }
    if not is_quick:
        large = inference_restorer.measure_file(card, *_LARGE)
        figures["restorer_100mp_peak_mb"] = Figure(large["peak_mb"], "MB")
    return figures


def autoencoder(is_quick: bool) -> dict[str, Figure]:
    """Measure the figures of the paper's network."""
    ours, peer = batches(3 if is_quick else 9)
    size, name = _choose_photo(is_quick)
    photos = [photo(size) for _ in range(1 if is_quick else 3)]
    time, memory = (float(np.median([p[key] for p in photos])) for key in ("seconds", "peak_mb"))
    return {
        "autoencoder_batch16": Figure(ours, "pictures/s", peer),
        f"photo_{name}_seconds": Figure(time, "s"),
        f"photo_{name}_peak_mb": Figure(memory, "MB"),
    }


def batches(times: int) -> tuple[float, float]:
    """Measure the pictures per second of our prediction and of Keras's."""
    device, _ = devices.choose("auto")
    predictor = run_to_end(neural.load_model(BUNDLED, device))
    from deblur_app.networks import weights

    peer, _ = weights.load(resource("weights", "autoencoder.json"))
    batch = np.random.default_rng(0).random((_BATCH, 128, 128, 3), np.float32)
    predictor.predict(batch)
    peer.predict(batch, batch_size=_BATCH, verbose=0)
    speeds: tuple[float, float] = in_turn(
        lambda: _BATCH / seconds(lambda: predictor.predict(batch)),
        lambda: _BATCH / seconds(lambda: peer.predict(batch, batch_size=_BATCH, verbose=0)),
        times,
    )
    return speeds


def _choose_photo(is_quick: bool) -> tuple[tuple[int, int], str]:
    """Return the height and width of the photograph, and its megapixels for the names of figures."""
    return (_SMALL_PHOTO, "3mp") if is_quick else (_PHOTO, "12mp")


def photo(size: tuple[int, int]) -> dict[str, float]:
    """Measure the restoration of a photograph of this height and width in a new process."""
    import skimage.data
    from skimage.transform import resize

    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "photo.jpg"), Path(folder, "result.jpg")
        pixels = resize(from_integer(skimage.data.coffee()), size, order=1).astype(np.float32)
        image_io.write(Picture(pixels), source)
        done = subprocess.run(
            [sys.executable, "-c", _WHOLE, str(source), str(target)], capture_output=True, text=True, check=True
        )
    return dict(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()

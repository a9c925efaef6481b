"""Classical deconvolution beside scikit-image: speed, memory and how close the results come to the truth.

With a known kernel, on 12 megapixels of RGB (3 with `--quick`): `wiener_12mp` and `richardson_lucy_12mp` (30 plain
iterations) in megapixels/s, their PSNR `wiener_12mp_psnr` and largest difference `richardson_lucy_12mp_difference`,
and `richardson_lucy_peak_mb`, the memory that the work takes beyond what the process held before, each in a process
of its own. scikit-image gets each channel as it is, without the border that ours is given within the time.

On the pictures of `--sharp` (scikit-image's if none) under four blurs in three strengths with 1 % noise, as in
`quality.py`: `gcv_loss_db` and `gcv_loss_tikhonov_db`, what choosing the regularisation by itself loses against the
best for each picture; `wiener_gain_db` and `sparse_gain_over_wiener_db`, Wiener's and the sparse method's PSNR with
nothing told but the kernel, above that of scikit-image's Wiener with the best setting for each picture.

On Levin's pairs of `--levin`: `levin_error_ratio_3` and `levin_error_ratio_2`, how many pairs stay within that error
ratio, and `levin_seconds`, the mean time of an estimate.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from measuring import Figure, in_turn, report, seconds

from benchmarks.quality import cases as quality_cases
from benchmarks.quality import rows as quality_rows
from deblur_app.blur import models
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.core import metrics
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.restoration.deconvolution import quadratic
from deblur_app.restoration.deconvolution.richardson_lucy import richardson_lucy
from deblur_app.restoration.deconvolution.wiener import tikhonov, wiener

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.quality.cases import Case
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task

_PHOTO = (3000, 4000)
_SMALL_PHOTO = (1500, 2000)
_KERNEL = models.motion(21.0, 30.0)
_ITERATIONS = 30  # of Richardson-Lucy, ours and scikit-image's
_BLURS = ("motion", "shake", "defocus", "turbulence")
_CROP = 384  # side in pixels of the part of each picture; 192 with --quick
_RATIOS = np.logspace(-4.5, 0.5, 21)

_PEAK = """
import sys, threading
import numpy as np, psutil
from deblur_app.blur import models
from deblur_app.core.task import run_to_end
from deblur_app.restoration.deconvolution.richardson_lucy import richardson_lucy
from skimage.restoration import richardson_lucy as peer
kernel, iterations = models.motion(21.0, 30.0), 2

def ours(light):
    return run_to_end(richardson_lucy(light, kernel, iterations=iterations, damping=0.0, total_variation=0.0,
                                      accelerated=False, borders="dark"))

def theirs(light):
    result = np.empty_like(light)
    for channel in range(3):
        result[:, :, channel] = peer(light[:, :, channel], kernel, iterations, clip=False)
    return result

work = {"ours": ours, "theirs": theirs}[sys.argv[1]]
work(np.full((256, 256, 3), 0.5, np.float32))  # loads what is loaded late
light = np.random.default_rng(0).random((int(sys.argv[2]), int(sys.argv[3]), 3), np.float32)
process, end = psutil.Process(), threading.Event()
before = peak = process.memory_info().rss

def watch():  # not `ru_maxrss`, which a process inherits from the one that started it
    global peak
    while not end.wait(0.002):
        peak = max(peak, process.memory_info().rss)

thread = threading.Thread(target=watch)
thread.start()
work(light)
end.set()
thread.join()
print((peak - before) / 2**20)
"""


def main() -> None:
    """Measure what was asked for."""
    options = _options()
    shape = _SMALL_PHOTO if options.quick else _PHOTO
    parts: dict[str, Callable[[], dict[str, Figure]]] = {
        "wiener_12mp": lambda: wiener_speed(shape, 1 if options.quick else 5),
        "richardson_lucy_12mp": lambda: richardson_lucy_speed(shape, 1 if options.quick else 3),
        "richardson_lucy_peak_mb": lambda: {"richardson_lucy_peak_mb": richardson_lucy_peak(shape)},
        "gcv_loss_db": lambda: cross_validation(_cases(options)),
        "sparse_gain_over_wiener_db": lambda: sparse_gain(_cases(options)),
        "levin": lambda: levin(options.levin, 2 if options.quick else 32) if options.levin else {},
    }
    if options.only and not set(options.only) <= set(parts):
        raise SystemExit(f"There is no such figure. There are: {', '.join(parts)}.")
    figures = {}
    for name, measure in parts.items():
        if not options.only or name in options.only:
            figures.update(measure())
            print(f"{name} is measured", file=sys.stderr)
    report("deconvolution", figures)


def wiener_speed(shape: tuple[int, int], times: int) -> dict[str, Figure]:
    """Measure megapixels a second and PSNR, each with the regularisation that is best on the middle of the photo."""
    from skimage.restoration import wiener as peer

    truth, light = _photo(shape)
    middle = (slice(shape[0] // 2 - 300, shape[0] // 2 + 300), slice(shape[1] // 2 - 300, shape[1] // 2 + 300))
    small = quadratic.prepare_quadratic(light[middle], _KERNEL)
    ratio = max(_RATIOS, key=lambda r: _psnr(truth[middle], small.solve(r)))

    def ours() -> Pixels:
        return run_to_end(wiener(light, _KERNEL, noise_to_signal=ratio))

    def theirs(part: Pixels, balance: float) -> Pixels:
        return np.stack([peer(part[:, :, c], _KERNEL, balance) for c in range(3)], axis=2)

    balance = max(_RATIOS, key=lambda b: _psnr(truth[middle], theirs(light[middle], b)))
    scores = _psnr(truth, ours()), _psnr(truth, theirs(light, balance))
    speed = in_turn(lambda: seconds(ours), lambda: seconds(lambda: theirs(light, balance)), times)
    pixels = shape[0] * shape[1] / 1e6
    return {
        "wiener_12mp": Figure(pixels / speed[0], "megapixels/s", pixels / speed[1]),
        "wiener_12mp_psnr": Figure(scores[0], "dB", scores[1]),
    }


def richardson_lucy_speed(shape: tuple[int, int], times: int) -> dict[str, Figure]:
    """Measure the megapixels a second for plain iterations, and how far the two results differ."""
    from skimage.restoration import richardson_lucy as peer

    _, light = _photo(shape)
    light += np.float32(0.02)  # black makes the plain iteration divide by nothing, in both
    results: dict[str, Pixels] = {}

    def ours() -> None:
        task = richardson_lucy(
            light, _KERNEL, iterations=_ITERATIONS, total_variation=0.0, accelerated=False, borders="dark"
        )
        results["ours"] = run_to_end(task)

    def theirs() -> None:
        planes = [peer(light[:, :, c], _KERNEL, _ITERATIONS, clip=False) for c in range(3)]
        results["theirs"] = np.stack(planes, axis=2)

    speed = in_turn(lambda: seconds(ours), lambda: seconds(theirs), times)
    pixels = shape[0] * shape[1] / 1e6
    difference = 1000 * float(np.abs(results["ours"] - results["theirs"]).max())
    return {
        "richardson_lucy_12mp": Figure(pixels / speed[0], "megapixels/s", pixels / speed[1]),
        "richardson_lucy_12mp_difference": Figure(difference, "thousandths of white"),
    }


def richardson_lucy_peak(shape: tuple[int, int]) -> Figure:
    """Measure the megabytes that the work takes beyond what its process held before, ours and scikit-image's."""
    peaks = []
    for which in ("ours", "theirs"):
        command = [sys.executable, "-c", _PEAK, which, *map(str, shape)]
        folder = Path(__file__).resolve().parent.parent
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
        peaks.append(float(json.loads(done.stdout.splitlines()[-1])))
    return Figure(peaks[0], "MB", peaks[1])


def cross_validation(cases: list[Case]) -> dict[str, Figure]:
    """Measure the loss by automatic regularisation, and the gain of automatic Wiener over scikit-image's best."""
    losses: dict[str, list[float]] = {"gcv_loss_db": [], "gcv_loss_tikhonov_db": []}
    gains = []
    ways: dict[str, tuple[Callable[[Pixels, Kernel], Task[Pixels]], int]] = {
        "gcv_loss_db": (wiener, quadratic.GRADIENT),
        "gcv_loss_tikhonov_db": (tikhonov, quadratic.LAPLACIAN),
    }
    for case in cases:
        light = srgb_to_linear(case.blurred)
        ready = quadratic.prepare_quadratic(light, case.kernel)
        for name, (method, order) in ways.items():
            automatic = _psnr(case.truth, run_to_end(method(light, case.kernel)))
            best = max(_psnr(case.truth, ready.solve(r, order)) for r in _RATIOS)
            losses[name].append(best - automatic)
            if method is wiener:
                gains.append(automatic - _best_wiener(case))
    figures = {name: Figure(float(np.mean(values)), "dB") for name, values in losses.items()}
    return figures | {"wiener_gain_db": Figure(float(np.mean(gains)), "dB")}


def sparse_gain(cases: list[Case]) -> dict[str, Figure]:
    """Measure the gain of the sparse method with its defaults over scikit-image's Wiener with its best setting."""
    from deblur_app.restoration.deconvolution.hyper_laplacian import sparse

    gains = []
    for case in cases:
        restored = run_to_end(sparse(srgb_to_linear(case.blurred), case.kernel))
        gains.append(_psnr(case.truth, restored) - _best_wiener(case))
    return {"sparse_gain_over_wiener_db": Figure(float(np.mean(gains)), "dB")}


def levin(folder: Path, most: int) -> dict[str, Figure]:
    """Count Levin's pairs that are restored nearly as well with the estimated kernel as with the true one."""
    from benchmarks.quality.levin import error_ratio, load
    from deblur_app.restoration.psf_estimation.search.blind import estimate

    ratios, times = [], []
    for path in sorted(folder.glob("*.mat"))[:most]:
        pair = load(path)
        begin = time.perf_counter()
        kernel = run_to_end(estimate(pair.light)).kernel
        times.append(time.perf_counter() - begin)
        ratios.append(error_ratio(pair, kernel))
    return {
        "levin_error_ratio_3": Figure(sum(r <= 3 for r in ratios), f"of {len(ratios)}"),
        "levin_error_ratio_2": Figure(sum(r <= 2 for r in ratios), f"of {len(ratios)}"),
        "levin_seconds": Figure(float(np.mean(times)), "s"),
    }


def _cases(options: argparse.Namespace) -> list[Case]:
    pictures = quality_cases.pictures_in(options.sharp) if options.sharp else quality_cases.photographs()
    pictures, crop = (pictures[:1], 192) if options.quick else (pictures, _CROP)
    recipes = quality_cases.recipes(pictures, kernels=[], levin=[], crop=crop, seed=0)
    return [quality_cases.make(recipe) for recipe in recipes if recipe.blur in _BLURS]


def _best_wiener(case: Case) -> float:
    """Return the PSNR of scikit-image's Wiener with the best of the quality table's settings for this case."""
    row = next(row for row in quality_rows.rows() if row.name == "skimage_wiener")
    return quality_rows.quality(case, row.restore(case, quality_rows.best_setting(row, case))).psnr


def _psnr(truth: Pixels, light: Pixels) -> float:
    """Return the PSNR in dB of an sRGB-encoded truth and linear light, without the borders."""
    inside = (slice(quality_rows.BORDER, -quality_rows.BORDER),) * 2
    return metrics.psnr(truth[inside], linear_to_srgb(light)[inside])


def _photo(shape: tuple[int, int]) -> tuple[Pixels, Pixels]:
    """Return a photograph mirrored up to `shape`, sRGB-encoded; and blurred with 1 % noise, in linear light."""
    import skimage.data

    sharp = from_integer(skimage.data.coffee())
    copies = [math.ceil(wanted / length) for wanted, length in zip(shape, sharp.shape, strict=False)]
    rims = [((count - 1) * length, 0) for count, length in zip(copies, sharp.shape, strict=False)]
    truth = np.pad(sharp, (*rims, (0, 0)), mode="symmetric")[: shape[0], : shape[1]]
    blurred = run_to_end(degrade(truth, Degradation(blur=_KERNEL, noise=quality_cases.NOISE)))
    return truth, srgb_to_linear(blurred)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sharp", type=Path, metavar="DIR", help="sharp pictures; scikit-image's photographs if none")
    parser.add_argument("--levin", type=Path, metavar="DIR", help="Levin's pairs (.mat with x, y and f)")
    parser.add_argument("--only", action="append", metavar="NAME", help="only this figure; may be given again")
    parser.add_argument("--quick", action="store_true", help="small pictures, one of each: ends within 50 s")
    return parser.parse_args()


if __name__ == "__main__":
    main()

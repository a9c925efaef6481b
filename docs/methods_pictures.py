"""Makes the pictures and figures of docs/methods: photographs that scikit-image ships, blurred and restored here.

`python docs/methods_pictures.py` makes all of them and renews the pages, `… wiener sparse` those of two pages, and
`… --pages` only renews the pages from the figures and the settings that there are.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from deblur_app.blur import kernel_grid
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Psf
from deblur_app.core import metrics
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine import combine, psf_tasks, tasks
from deblur_app.engine.method import Request
from docs import methods_pages
from docs import methods_scenes as scenes
from docs.methods_pages import Panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.picture import Pixels

type Page = tuple[list[Panel], list[str]]

SHAKE = Blur("shake", {"extent": 15.0, "exposure": 0.6, "seed": 4})
_HEIGHT = 320  # of a picture in pixels


def restore(photo: Pixels, method: str, wanted: Blur | Psf | None = None, **values: object) -> Pixels:
    """Return a photo as the program restores it, as its window and its command line do."""
    psf = Psf.of_model(wanted) if isinstance(wanted, Blur) else wanted
    return run_to_end(tasks.deblur(Picture(photo), Request(method, values, psf=psf))).picture.pixels


def against(truth: Pixels, label: str, pixels: Pixels) -> Panel:
    """Return a panel with its figure."""
    return Panel(label, pixels, metrics.psnr(truth, pixels))


def make_page_of_known_blur(method: str) -> Page:
    """Make a page about a photo whose PSF is known, restored by one of the four methods for that."""
    sharp = scenes.astronaut()
    photo = scenes.photograph(sharp, SHAKE, noise=0.005)
    result = restore(photo, method, SHAKE)
    return [against(sharp, "photo", photo), against(sharp, "restored", result), Panel("truth", sharp)], []


def tikhonov() -> Page:
    """Make the same page, with the curve that chose the regularisation beside the true error."""
    panels, _ = make_page_of_known_blur("tikhonov")
    sharp, photo = panels[2].pixels, panels[0].pixels
    curve = run_to_end(psf_tasks.gcv(Picture(photo), SHAKE.kernel(), order=2))
    steps = np.linspace(-4.0, 4.0, 17)
    gains = [metrics.psnr(sharp, restore(photo, "tikhonov", SHAKE, smoothing=float(step))) for step in steps]
    best = int(np.argmax(gains))
    panels.append(
        Panel("GCV score, by lambda", scenes.graph(curve.regularisations, curve.scores, curve.regularisation))
    )
    note = (
        f"Cross-validation chose λ = {curve.regularisation:.2g} without the truth: {panels[1].psnr:.2f} dB. With the "
        f"truth to choose by, the best of 17 values of `smoothing` is {steps[best]:+.1f}: {gains[best]:.2f} dB."
    )
    return panels, [note]


def saturation() -> Page:
    """Make the page about lamps that were far brighter than white."""
    sharp = scenes.rocket()
    blur = Blur("motion", {"length": 15.0, "angle": 30.0})
    photo = scenes.photograph(sharp, blur, noise=0.003, highlights=8.0)
    found = {
        label: restore(photo, method, blur, highlights=highlights)
        for label, method, highlights in (
            ("wiener, plain", "wiener", "plain"),
            ("wiener, protect", "wiener", "protect"),
            ("sparse, protect", "sparse", "protect"),
        )
    }
    results = [against(sharp, label, pixels) for label, pixels in found.items()]
    return [against(sharp, "photo", photo), *results, Panel("truth", sharp)], []


def blind() -> Page:
    """Make the page about camera shake of unknown kernel."""
    sharp = scenes.astronaut()
    photo = scenes.photograph(sharp, SHAKE, noise=0.005)
    done = run_to_end(tasks.deblur(Picture(photo), Request("blind", {"blur": "shake"})))
    assert done.request.psf  # noqa: S101
    kernels = scenes.stack_kernels([SHAKE.kernel(), done.request.psf.kernel], _HEIGHT)
    told = restore(photo, "sparse", SHAKE)
    panels = [
        against(sharp, "photo", photo),
        Panel("PSF: true, found", kernels),
        against(sharp, "restored, PSF found", scenes.align_with(done.picture.pixels, sharp)),
        against(sharp, "restored, PSF known", told),
        Panel("truth", sharp),
    ]
    said = done.estimate.label if done.estimate else ""
    note = (
        f"The program said: “{said}”. The blind result is measured after moving it by whole pixels onto the truth: "
        "where a blur has its middle, no photo tells."
    )
    return panels, [note]


def parametric() -> Page:
    """Make the page about a moved object: its spectrum, and the photo restored with the blur estimated from it."""
    sharp = scenes.motorcycle()
    wanted = Blur("motion", {"length": 14.0, "angle": 32.0})
    photo = scenes.photograph(sharp, wanted, noise=0.005)
    estimate = run_to_end(psf_tasks.estimate(Picture(photo)))
    result = photo if estimate.psf is None else restore(photo, "sparse", estimate.psf)
    rows = ["| made | found |", "|---|---|", f"| moving object: length 14 px, angle 32° | {estimate.label} |"]
    for blur, words in (
        (Blur("defocus", {"radius": 4.0}), "out of focus: radius 4 px"),
        (Blur("turbulence", {"sigma": 1.6}), "air turbulence: σ 1.6 px"),
        (None, "nothing"),
    ):
        other = scenes.photograph(sharp, blur, noise=0.005)
        rows.append(f"| {words} | {run_to_end(psf_tasks.estimate(Picture(other))).label} |")
    panels = [
        against(sharp, "photo", photo),
        Panel("its power spectrum", scenes.spectrum(photo, _HEIGHT)),
        against(sharp, "restored", result),
        Panel("truth", sharp),
    ]
    return panels, ["\n".join(rows)]


def psf_grid() -> Page:
    """Make the page about a camera that rolled about the line of sight: other streaks at each place."""
    sharp = scenes.whole_motorcycle()
    blur = Blur("shake-varying", {"extent": 10.0, "roughness": 0.0, "exposure": 0.1, "roll": 0.5, "seed": 2})
    photo = scenes.photograph(sharp, blur, noise=0.003)
    found = run_to_end(psf_tasks.estimate_grid(Picture(photo), 2, 3, "motion")).psf
    assert found  # noqa: S101
    assert found.grid  # noqa: S101
    by_one, by_grid = restore(photo, "sparse", blur), restore(photo, "sparse", found)
    corner = (slice(0, _HEIGHT), slice(0, 260))
    panels = [
        Panel("photo, a corner", photo[corner], metrics.psnr(sharp, photo)),
        Panel("PSF of each region", scenes.enlarge(kernel_grid.montage(found.grid), 240)),
        Panel("by the PSF of the middle", by_one[corner], metrics.psnr(sharp, by_one)),
        Panel("by the grid", by_grid[corner], metrics.psnr(sharp, by_grid)),
        Panel("truth", sharp[corner]),
    ]
    return panels, ["Figures of the whole frame. The PSF of the middle is the true one; the grid was found."]


def psf_tools() -> Page:
    """Make the page about a lamp's streak taken as the PSF, and the check of the result."""
    sharp, region = scenes.lamp_at_night()
    photo = scenes.photograph(sharp, SHAKE, noise=0.003, highlights=8.0)
    found = run_to_end(psf_tasks.from_point(Picture(photo), region))
    assert found.psf  # noqa: S101
    result = restore(photo, "sparse", found.psf)
    wrong = Psf.of_model(Blur("motion", {"length": 14.0, "angle": 90.0}))
    rows = ["| restored with | re-blur check |", "|---|---|"]
    for words, psf in (("the lamp's PSF", found.psf), ("a wrong PSF, a vertical streak", wrong)):
        check = run_to_end(psf_tasks.reblur_check(Picture(photo), Picture(restore(photo, "sparse", psf)), psf))
        rows.append(f"| {words} | {check.ratio:.2f} × the noise; {check.verdict} |")
    left, top, width, height = region
    marked = cv2.rectangle(photo.copy(), (left, top), (left + width, top + height), (0.2, 1.0, 0.2), 1)
    panels = [
        Panel("photo, the lamp selected", marked, metrics.psnr(sharp, photo)),
        Panel("PSF: true, of the lamp", scenes.stack_kernels([SHAKE.kernel(), found.psf.kernel], len(photo))),
        against(sharp, "restored", scenes.align_with(result, sharp)),
        Panel("truth", sharp),
    ]
    return panels, ["\n".join(rows)]


def denoise() -> Page:
    """Make the page about noise alone, removed in three ways."""
    sharp = scenes.chelsea()
    photo = scenes.photograph(sharp, None, noise=0.015)
    ways = (("wavelets", "wavelet"), ("similar patches", "nonlocal"), ("total variation", "total variation"))
    results = [against(sharp, label, restore(photo, "denoise", kind=kind)) for label, kind in ways]
    return [against(sharp, "photo", photo), *results, Panel("truth", sharp)], []


def several_pictures() -> Page:
    """Make the page about two photos, moved in two directions."""
    sharp = scenes.motorcycle()
    blurs = [Blur("motion", {"length": 15.0, "angle": angle}) for angle in (20.0, 110.0)]
    photos = [scenes.photograph(sharp, blur, noise=0.005, seed=seed) for seed, blur in enumerate(blurs)]
    alone = max(metrics.psnr(sharp, restore(photo, "sparse", blur)) for photo, blur in zip(photos, blurs, strict=True))
    result = scenes.align_with(combine_photos(photos, "blurred"), sharp)
    panels = [against(sharp, f"photo {number}", photo) for number, photo in enumerate(photos, start=1)]
    panels += [against(sharp, "both together", result), Panel("truth", sharp)]
    note = (
        f"The better one of the two alone, by `sparse` with its true PSF: {alone:.2f} dB. The joint result knew no "
        "PSF; it is measured after moving it by whole pixels onto the truth."
    )
    return panels, [note]


def burst() -> Page:
    """Make the page about eight noisy frames from a moving hand, with something that moves."""
    frames = scenes.burst(8)
    photos = [photo for photo, _ in frames]
    result = combine_photos(photos, "burst")
    photo, truth = max(frames, key=lambda frame: metrics.psnr(frame[1], result))  # the one that the others were laid on
    panels = [
        against(truth, "one of eight", photo),
        against(truth, "their plain mean", scenes.mean_of(photos)),
        against(truth, "merged", result),
        Panel("truth", truth),
    ]
    return panels, []


def flash() -> Page:
    """Make the page about a dim room, and the same one with flash."""
    ambient, lit, truth = scenes.flash_pair()
    panels = [
        against(truth, "without flash", ambient),
        Panel("with flash", lit),
        against(truth, "denoised alone", restore(ambient, "denoise")),
        against(truth, "combined", combine_photos([ambient, lit], "flash")),
        Panel("truth", truth),
    ]
    return panels, []


def combine_photos(photos: list[Pixels], how: str) -> Pixels:
    """Return the picture that the program makes of several photos."""
    return run_to_end(combine.combine([Picture(photo) for photo in photos], how)).pixels


MAKERS: dict[str, Callable[[], Page]] = {
    "sparse": lambda: make_page_of_known_blur("sparse"),
    "wiener": lambda: make_page_of_known_blur("wiener"),
    "tikhonov": tikhonov,
    "richardson-lucy": lambda: make_page_of_known_blur("richardson-lucy"),
    "saturation": saturation,
    "blind": blind,
    "parametric": parametric,
    "psf-grid": psf_grid,
    "psf-tools": psf_tools,
    "denoise": denoise,
    "several-pictures": several_pictures,
    "burst": burst,
    "flash": flash,
}
"""By the name of the page."""


def main() -> None:
    """Make what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", choices=[*MAKERS, []], help="names of pages (default: all)")
    parser.add_argument("--pages", dest="only_pages", action="store_true", help="make no picture")
    arguments = parser.parse_args()
    for name in [] if arguments.only_pages else arguments.pages or MAKERS:
        panels, notes = MAKERS[name]()
        methods_pages.remember({name: methods_pages.draw(name, panels, notes)})
        print(name, [(panel.label, panel.psnr and round(panel.psnr, 2)) for panel in panels], *notes, flush=True)
    methods_pages.renew()


if __name__ == "__main__":
    main()

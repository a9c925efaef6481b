"""Parts that several commands of `deblur-train` share: options for pairs, and what a training prints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from deblur_app.core.metrics import percent
from deblur_app.terminal import CANCELLED, drive, print_error, print_line
from training.data.pairs import PairList, find_pairs, pair_folders
from training.evaluation.evaluators import shares_label
from training.runs.events import number_text

if TYPE_CHECKING:
    import argparse

    from deblur_app.core.task import Progress, Task
    from training.config.config import TrainingConfig
    from training.fit.trainer import EpochFigures
    from training.runs.run import Run
    from training.runs.run_log import RunLog

_FIRST = 5
"""Count of unpaired files that are named without --verbose."""


def add_pair_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that name pairs of pictures to a parser."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder with sharp/ and defocused_blurred/ and such")
    parser.add_argument("--sharp", type=Path, metavar="DIR", help="with --blurred instead of --data: equal names")
    parser.add_argument("--blurred", type=Path, metavar="DIR")
    parser.add_argument("--verbose", action="store_true", help="name every file that has no counterpart")


def add_folder_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that name the folders that synthetic pairs are made of, in place of the settings."""
    parser.add_argument("--photos", type=Path, action="append", metavar="DIR", help="a folder of sharp photographs")
    parser.add_argument("--cutouts", type=Path, metavar="DIR", help="pictures with transparency that move in scenes")
    parser.add_argument("--store", type=Path, metavar="DIR", help="with the source mixed: the crops of make-crops")
    parser.add_argument("--frames", type=Path, metavar="DIR", help="with the source mixed: the frames of a video")
    parser.add_argument("--curve", type=Path, metavar="FILE", help="and the inverse curve of its camera (.npy)")


def name_folders(config: TrainingConfig, arguments: argparse.Namespace) -> TrainingConfig:
    """Return settings with the folders that the arguments name."""
    named: dict[str, Any] = {name: getattr(arguments, name) for name in ("cutouts", "store", "frames", "curve")}
    changed: dict[str, Any] = {name: str(path) for name, path in named.items() if path}
    if arguments.photos:
        changed["photos"] = tuple(str(folder) for folder in arguments.photos)
    return replace(config, data=replace(config.data, **changed))


def read_pairs(arguments: argparse.Namespace) -> PairList:
    """Return the pairs that the arguments name, and print which files have no counterpart.

    Raises:
        DeblurError: They name none, or the folders hold none.
    """
    two_folders = arguments.sharp is not None and arguments.blurred is not None
    if (arguments.data is None) == (not two_folders) or (arguments.sharp is None) != (arguments.blurred is None):
        raise DeblurError("Name the pictures either by --data DIR, or by both --sharp DIR and --blurred DIR.")
    pairs = pair_folders(arguments.blurred, arguments.sharp) if two_folders else find_pairs(arguments.data)
    if count := len(pairs.unpaired):
        print_error(f"{count} of the files {'have' if count > 1 else 'has'} no counterpart and will not be used:")
        for path in pairs.unpaired if arguments.verbose else pairs.unpaired[:_FIRST]:
            print_error(f"  {path}")
        if count > _FIRST and not arguments.verbose:
            print_error(f"  … and {count - _FIRST} more; --verbose names them all.")
    return pairs


def drive_training(task: Task[Run], run: Run) -> int:
    """Drive a training to its end, print the figures of its epochs, and return the exit code."""
    from training.fit.trainer import TrainingProgress
    from training.runs.run_log import read_run_log

    def watch(progress: Progress) -> None:
        if isinstance(progress, TrainingProgress) and progress.do_nothing is not None:
            print_line(_describe_epoch("do nothing", progress.do_nothing))
        if isinstance(progress, TrainingProgress) and progress.figures is not None:
            now = progress.figures
            line = _describe_epoch(f"epoch {now.epoch}", now)
            print_line(f"{line}  (training: loss {now.loss:.4f}, accuracy {percent(now.accuracy)})")
            if now.gains:
                print_line(_gains_line(now))

    try:
        drive(task, watch=watch)
    except KeyboardInterrupt:
        print_error(f"Stopped. Go on after the last whole epoch with: deblur-train resume {run.folder}")
        return CANCELLED
    print_line(_describe_outcome(read_run_log(run)))
    print_line(f"Model: {run.card}")
    print_line(f"Report: deblur-train report {run.folder}")
    return 0


def figures_line(label: str, loss: float, accuracy: float, psnr: float, ssim: float) -> str:
    """Return one line with the figures of restored pictures."""
    figures = f"PSNR {number_text(psnr, '.2f'):>5} dB  SSIM {number_text(ssim, '.3f')}"
    return f"{label:>10}  loss {loss:.4f}  accuracy {percent(accuracy):>6}  {figures}"


def _describe_epoch(label: str, figures: EpochFigures) -> str:
    """Return one line with the figures that an epoch reached on the held-out pictures."""
    if not figures.shares:
        return figures_line(label, figures.val_loss, figures.val_accuracy, figures.val_psnr, figures.val_ssim)
    return (
        f"{label:>10}  loss {figures.val_loss:.4f}  type right {percent(figures.val_accuracy):>6}  "
        f"{_describe_shares(figures.shares)}"
    )


def _describe_shares(shares: dict[str, float]) -> str:
    return ", ".join(f"{shares_label(name)} {share:.1%}" for name, share in shares.items())


def _describe_outcome(run_log: RunLog) -> str:
    """Return one line about the best epoch."""
    best, nothing = run_log.best, run_log.do_nothing
    if best.get("shares"):
        shares = _describe_shares(best["shares"])
        return f"Best epoch {best['epoch']}: type right {percent(best['val_accuracy'])}, {shares}."
    return (
        f"Best epoch {best['epoch']}: PSNR {number_text(best['val_psnr'], '.2f')} dB, "
        f"SSIM {number_text(best['val_ssim'], '.3f')}. "
        f"Doing nothing: PSNR {number_text(nothing['val_psnr'], '.2f')} dB, "
        f"SSIM {number_text(nothing['val_ssim'], '.3f')}."
    )


def _gains_line(figures: EpochFigures) -> str:
    gains = ", ".join(f"{kind} {gain:+.2f}" for kind, gain in figures.gains.items())
    sharp = "" if figures.sharp_psnr is None else f"; sharp pictures come back at {figures.sharp_psnr:.1f} dB"
    return f"{'':>10}  gain over doing nothing in dB: {gains}{sharp}"

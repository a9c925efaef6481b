"""The command `deblur-train`: train, resume, report, evaluate, make pairs and check them."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from deblur_app.command_parser import CommandParser
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.targets import ProtectedFiles
from deblur_app.core.metrics import percent
from deblur_app.terminal import CANCELLED, drive, print_error, print_line, run_main
from training.cli.make_pairs import add_make_pairs_options
from training.cli.runs import add_compare_options, add_export_options, add_list_options
from training.config.config import PROTOCOL_EXPLAINED, Precision, TrainingConfig, read_config
from training.data.pairs import PairList, find_pairs, pair_folders
from training.evaluation.evaluators import shares_label
from training.fit import launch
from training.pair_doctor.check import add_options
from training.runs.events import number_text
from training.runs.run import Run

if TYPE_CHECKING:
    import argparse

    from deblur_app.core.task import Progress, Task
    from training.evaluation.evaluate import Figures
    from training.fit.trainer import EpochFigures
    from training.runs.run_log import RunLog

_PATIENCE = 15.0
"""Seconds that a training may take to stop after Ctrl+C: a batch, and what it writes of the run."""

_FIRST = 5
"""How many unpaired files are named without --verbose."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 2 for what the user can mend, 130 after Ctrl-C.

    Args:
        argv: The arguments; None takes those of the process.
    """
    return run_main(lambda: _run_command(argv), patience=_PATIENCE)


def _run_command(argv: list[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    return int(arguments.command(arguments))


def _parser() -> CommandParser:
    parser = CommandParser(prog="deblur-train", description="Train Deblur's networks on pairs of pictures.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    paper = commands.add_parser("paper", help="train the paper's autoencoder", description=_explain_protocols())
    paper.set_defaults(command=_paper)
    _add_data(paper)
    paper.add_argument("--out", type=Path, required=True, metavar="RUN", help="the new folder of the run")
    paper.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML; the options below go before it")
    paper.add_argument("--epochs", type=int)
    paper.add_argument("--protocol", choices=list(PROTOCOL_EXPLAINED))
    paper.add_argument("--batch-size", type=int)
    paper.add_argument("--seed", type=int, help="decides the split, the start weights and the order of the batches")
    paper.add_argument("--precision", choices=get_args(Precision.__value__))
    paper.add_argument("--device", help="auto, cpu, gpu:0, …")

    run = commands.add_parser("run", help="train what a configuration in TOML describes, such as the restorer")
    run.set_defaults(command=_run)
    run.add_argument("config", type=Path, metavar="CONFIG")
    run.add_argument("--out", type=Path, required=True, metavar="RUN", help="the new folder of the run")
    run.add_argument("--photos", type=Path, action="append", metavar="DIR", help="a folder of sharp photographs")
    run.add_argument("--epochs", type=int)
    run.add_argument("--steps-per-epoch", type=int, metavar="N", help="batches of synthetic pairs in an epoch")
    run.add_argument("--minutes", type=float, help="time it may take; epochs that do not fit are left out")
    _add_data(run)

    resume = commands.add_parser("resume", help="go on with a run after its last whole epoch")
    resume.set_defaults(command=_resume)
    resume.add_argument("run", type=Path, metavar="RUN")

    launch.add_options(commands.add_parser("launch", help="train by several processes, here or on several machines"))

    report = commands.add_parser("report", help="write the report of a run, finished or not, as an HTML page")
    report.set_defaults(command=_report)
    report.add_argument("run", type=Path, metavar="RUN")
    report.add_argument("--out", type=Path, metavar="DIR", help="where to write it; RUN/report if left out")

    text = "make pairs of sharp photographs or video frames and store them"
    add_make_pairs_options(commands.add_parser("make-pairs", help=text))
    add_list_options(commands.add_parser("list", help="list the runs in a folder, with their state and best figures"))
    add_compare_options(commands.add_parser("compare", help="figures and curves of several runs side by side"))
    add_export_options(commands.add_parser("export", help="write the model of a run as one file, .deblur"))
    add_options(commands.add_parser("check", help="find what is wrong with pairs, and align them"))

    evaluate = commands.add_parser("evaluate", help="figures of a model on pairs, beside doing nothing")
    evaluate.set_defaults(command=_evaluate)
    evaluate.add_argument("model", type=Path, metavar="RUN|CARD", help="the folder of a run, or a model.json")
    _add_data(evaluate)
    evaluate.add_argument("--device", default="auto")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _explain_protocols() -> str:
    return "Protocols – " + "; ".join(PROTOCOL_EXPLAINED.values()) + "."


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder with sharp/ and defocused_blurred/ and such")
    parser.add_argument("--sharp", type=Path, metavar="DIR", help="with --blurred instead of --data: equal names")
    parser.add_argument("--blurred", type=Path, metavar="DIR")
    parser.add_argument("--verbose", action="store_true", help="name every file that has no counterpart")


def _pairs(arguments: argparse.Namespace) -> PairList:
    """Return the pairs that the arguments name, and print which files have no counterpart."""
    two_folders = arguments.sharp is not None and arguments.blurred is not None
    if (arguments.data is None) == (not two_folders) or (arguments.sharp is None) != (arguments.blurred is None):
        raise DeblurError("Name the pictures either by --data DIR, or by both --sharp DIR and --blurred DIR.")
    found = pair_folders(arguments.blurred, arguments.sharp) if two_folders else find_pairs(arguments.data)
    if count := len(found.unpaired):
        print_error(f"{count} of the files {'have' if count > 1 else 'has'} no counterpart and will not be used:")
        for path in found.unpaired if arguments.verbose else found.unpaired[:_FIRST]:
            print_error(f"  {path}")
        if count > _FIRST and not arguments.verbose:
            print_error(f"  … and {count - _FIRST} more; --verbose names them all.")
    return found


def _paper(arguments: argparse.Namespace) -> int:
    from training.fit.trainer import train

    config = read_config(arguments.config) if arguments.config else TrainingConfig()
    options = ("epochs", "protocol", "batch_size", "seed", "precision", "device")
    given = {name: getattr(arguments, name) for name in options if getattr(arguments, name) is not None}
    config = dataclasses.replace(config, **given)
    pairs = _pairs(arguments).pairs
    print_line(f"{len(pairs)} pairs; protocol {PROTOCOL_EXPLAINED[config.protocol]}")
    run = Run(arguments.out)
    return _train(train(config, pairs, run), run)


def _run(arguments: argparse.Namespace) -> int:
    from training.fit.trainer import train

    config = read_config(arguments.config)
    data = config.data
    if arguments.photos:
        data = dataclasses.replace(data, photos=tuple(str(folder) for folder in arguments.photos))
    if arguments.steps_per_epoch is not None:
        data = dataclasses.replace(data, steps_per_epoch=arguments.steps_per_epoch)
    config = dataclasses.replace(config, data=data)
    if arguments.epochs is not None:
        config = dataclasses.replace(config, epochs=arguments.epochs)
    if arguments.minutes is not None:
        config = dataclasses.replace(config, learning=dataclasses.replace(config.learning, minutes=arguments.minutes))
    pairs = [] if data.is_synthetic else _pairs(arguments).pairs
    run = Run(arguments.out)
    return _train(train(config, pairs, run), run)


def _resume(arguments: argparse.Namespace) -> int:
    from training.fit.resumed_settings import compare_settings
    from training.fit.trainer import resume

    run = Run(arguments.run)
    settings = compare_settings(run)
    for sentence in settings.sentences:
        print_line(sentence)
    print_line(f"Protocol {PROTOCOL_EXPLAINED[settings.config.protocol]}")
    return _train(resume(run), run)


def _train(task: Task[Run], run: Run) -> int:
    """Drive a training to its end and print the figures of its epochs."""
    from training.fit.trainer import TrainingProgress
    from training.runs.run_log import read_run_log

    def watch(progress: Progress) -> None:
        if isinstance(progress, TrainingProgress) and progress.do_nothing is not None:
            print_line(_epoch_text("do nothing", progress.do_nothing))
        if isinstance(progress, TrainingProgress) and progress.figures is not None:
            now = progress.figures
            line = _epoch_text(f"epoch {now.epoch}", now)
            print_line(f"{line}  (training: loss {now.loss:.4f}, accuracy {percent(now.accuracy)})")
            if now.gains:
                print_line(_gains_line(now))

    try:
        drive(task, watch=watch)
    except KeyboardInterrupt:
        print_error(f"Stopped. Go on after the last whole epoch with: deblur-train resume {run.folder}")
        return CANCELLED
    print_line(_outcome(read_run_log(run)))
    print_line(f"Model: {run.card}")
    print_line(f"Report: deblur-train report {run.folder}")
    return 0


def _epoch_line(label: str, loss: float, accuracy: float, psnr: float, ssim: float) -> str:
    figures = f"PSNR {number_text(psnr, '.2f'):>5} dB  SSIM {number_text(ssim, '.3f')}"
    return f"{label:>10}  loss {loss:.4f}  accuracy {percent(accuracy):>6}  {figures}"


def _epoch_text(label: str, figures: EpochFigures) -> str:
    """Return one line with the figures that an epoch reached on the held-out pictures."""
    if not figures.shares:
        return _epoch_line(label, figures.val_loss, figures.val_accuracy, figures.val_psnr, figures.val_ssim)
    return (
        f"{label:>10}  loss {figures.val_loss:.4f}  type right {percent(figures.val_accuracy):>6}  "
        f"{_shares(figures.shares)}"
    )


def _shares(shares: dict[str, float]) -> str:
    return ", ".join(f"{shares_label(name)} {share:.1%}" for name, share in shares.items())


def _outcome(run_log: RunLog) -> str:
    """Return one line about the best epoch."""
    best, nothing = run_log.best, run_log.do_nothing
    if best.get("shares"):
        return f"Best epoch {best['epoch']}: type right {percent(best['val_accuracy'])}, {_shares(best['shares'])}."
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


def _report(arguments: argparse.Namespace) -> int:
    from training.reports.report import write_report

    run = Run(arguments.run)
    if arguments.out:
        _check_report_folder(run, arguments.out)
    print_line(str(drive(write_report(run, arguments.out))))
    return 0


def _check_report_folder(run: Run, folder: Path) -> None:
    """Refuse a folder where a picture of the report would replace one that the run was trained on."""
    try:
        protected = ProtectedFiles(path for pair in run.pairs() for path in (pair.blurred, pair.sharp))
    except DeblurError:  # the list is gone, and so the report reads no picture
        return
    for path in folder.glob("figure-*"):
        if path in protected:
            raise DeblurError(f"“{path}” is a picture of the pairs and is never overwritten. Choose another folder.")


def _evaluate(arguments: argparse.Namespace) -> int:
    from training.evaluation.evaluate import evaluate

    found = drive(evaluate(arguments.model, _pairs(arguments).pairs, device=arguments.device))
    if arguments.json:
        figures = {"model": found.model.as_json(), "do_nothing": found.do_nothing.as_json()}
        print_line(json.dumps({"pairs": found.pairs, **figures}))
        return 0
    print_line(f"{found.pairs} pairs")
    print_line(_figures_line("model", found.model))
    print_line(_figures_line("do nothing", found.do_nothing))
    return 0


def _figures_line(label: str, figures: Figures) -> str:
    return _epoch_line(label, figures.loss, figures.accuracy, figures.psnr, figures.ssim)


if __name__ == "__main__":
    sys.exit(main())

"""Comparison of all methods in one table: the same degraded pictures for all, against the sharp truth.

Five blurs (motion, shake, defocus, turbulence, and shake that varies over the frame) × the sharp pictures × three
strengths, with 1 % noise in linear light; Levin's 32 real pairs where `--levin` names their folder. Rows: doing
nothing, an unsharp mask, scikit-image's deconvolutions with the true kernel, and every method of the program. Two more
have to be named: `--method restorer-true-field` and `restorer-field`, with kernels for all of the frame, the true ones
and those found in the photo.

Figures, for each method and blur: `<method>.<blur>.psnr` and `.gain` (mild and medium), `.gain_strong`, `.ssim`,
`.seconds_per_megapixel`, `.peak_mb`. A Markdown table and a contact sheet go to `--out`.
"""

if __name__ == "__main__":  # worker processes import this file too, and have nothing to do in it
    import measuring  # noqa: F401 -- puts the project on the path

    from benchmarks.quality import run as quality_run

    quality_run.main(__doc__)

"""Training: pairs of pictures in, a run with honest figures and a weights file out."""

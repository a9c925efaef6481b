"""Deconvolution with a known point spread function."""

"""Search for the kernel of a camera shake: blind deconvolution from coarse to fine, and the scales it is run at."""

"""The blur map: the kernels all over a photo, laid over it."""

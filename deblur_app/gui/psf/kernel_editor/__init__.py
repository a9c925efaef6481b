"""A kernel under the brush, and the kernels of all regions."""

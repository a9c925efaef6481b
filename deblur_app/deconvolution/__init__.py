"""Deblurring by computation: one algorithm, one function on arrays of linear light."""

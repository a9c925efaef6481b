"""The ways to deblur: an entry each, and the table of all."""

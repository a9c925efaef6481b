"""The command line deblur-train."""

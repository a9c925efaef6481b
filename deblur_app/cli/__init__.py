"""The command line deblur."""

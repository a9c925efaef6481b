"""The commands on many photos: `deblur batch` and `deblur watch`."""

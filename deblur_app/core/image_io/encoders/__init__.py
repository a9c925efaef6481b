"""One encoder for each family of picture formats: a picture in, the bytes of a file out."""

"""One decoder for each family of picture formats: bytes and a file name in, `Decoded` out."""

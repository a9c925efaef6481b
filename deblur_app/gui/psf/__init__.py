"""The PSF editor: estimate, draw, choose and check a kernel."""

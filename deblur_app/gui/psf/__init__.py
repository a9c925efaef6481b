"""The PSF tab: estimate, draw, choose and check a kernel."""

"""Pictures and kernels as Qt's images."""

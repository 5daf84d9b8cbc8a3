"""The way to paper: the port, and what stands behind it on each system."""

"""The version, read by the build and written into every claim and export."""

__version__ = "0.1.0"

"""One step a module, in order of their numbers."""

__all__ = []

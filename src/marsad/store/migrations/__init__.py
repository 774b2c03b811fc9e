"""The steps from each schema to the next, run by `marsad.store.migrating`."""

__all__ = []

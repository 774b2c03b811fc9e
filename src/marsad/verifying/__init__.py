"""Verifying: whether an evidence bundle is as it was made, and whether its verdicts follow from what it encloses."""

from marsad.verifying.verification import verify

__all__ = ["verify"]

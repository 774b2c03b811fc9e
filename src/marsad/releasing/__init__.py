"""Releasing: what leaves a monitor goes through one gate, which keeps back what a policy keeps back."""

from marsad.releasing.gate import Gate

__all__ = ["Gate"]

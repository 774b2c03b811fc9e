"""Releasing: what leaves a monitor goes through one gate, which keeps back what a policy keeps back."""

from marsad.releasing.gate import Gate, Out
from marsad.releasing.names import MASK
from marsad.releasing.persons import Person, persons_of

__all__ = ["MASK", "Gate", "Out", "Person", "persons_of"]

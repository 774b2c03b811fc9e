"""The names that the package offers."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import marsad
from marsad import errors, records


def test_public_names_are_sorted() -> None:
    constants_then_classes = sorted(marsad.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert marsad.__all__ == constants_then_classes
    assert len(set(marsad.__all__)) == len(marsad.__all__)


def test_every_public_name_is_there_and_documented() -> None:
    for name in marsad.__all__:
        value = getattr(marsad, name)
        assert isinstance(value, str) or inspect.getdoc(value), name


def test_every_record_and_error_is_public() -> None:
    defined = {
        name
        for module in (errors, records)
        for name, value in vars(module).items()
        if inspect.isclass(value) and value.__module__ == module.__name__
    }
    assert defined <= set(marsad.__all__)


def test_dir_lists_the_rooms_not_yet_entered() -> None:
    assert set(marsad.__all__) <= set(dir(marsad))


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Montior'"):
        _ = marsad.Montior


def test_importing_the_package_loads_no_heavy_library() -> None:
    heavy = "{'spacy', 'numpy', 'sqlalchemy', 'datasketch', 'httpx'}"
    code = f"import sys, marsad.cli; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"

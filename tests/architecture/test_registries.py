"""Registries refuse duplicates, and what is registered holds together."""

from dataclasses import dataclass

import pytest
from django.template.loader import get_template
from django.urls import reverse

from portal.catalog.kinds import entry_kinds, entry_panels
from portal.core.functions import functions
from portal.core.registry import DuplicateId, Registry, UnknownId


@dataclass(frozen=True)
class Thing:
    id: str
    order: int = 0


def test_a_registry_refuses_a_duplicate() -> None:
    registry: Registry[Thing] = Registry("things")
    registry.register(Thing("one"))
    with pytest.raises(DuplicateId, match="one"):
        registry.register(Thing("one"))


def test_a_registry_says_what_it_does_not_know() -> None:
    with pytest.raises(UnknownId, match="things"):
        Registry("things").get("nothing")


def test_a_registry_keeps_its_order() -> None:
    registry: Registry[Thing] = Registry("things")
    for thing in (Thing("last", 9), Thing("first", 1), Thing("second", 1)):
        registry.register(thing)
    assert [thing.id for thing in registry] == ["first", "second", "last"]


def test_the_six_functions_are_registered_in_their_order() -> None:
    names = [function.id for function in functions]
    assert names == ["connect", "share", "inspire", "teach", "evaluate", "dashboards"]


def test_open_functions_lead_somewhere() -> None:
    assert all(reverse(function.url_name) for function in functions if function.url_name)


def test_kinds_belong_to_functions_and_panels_to_kinds() -> None:
    assert all(kind.function in functions for kind in entry_kinds)
    for panel in entry_panels:
        assert all(kind in entry_kinds for kind in panel.kinds)
        assert get_template(panel.template_name)

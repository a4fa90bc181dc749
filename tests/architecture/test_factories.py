"""Every factory builds a row that the database accepts."""

import importlib
import inspect

import factory
import pytest

from tests.architecture.houses import ROOT

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in (ROOT / "tests").rglob("*factories.py")
)
MODULES = [module for module in MODULES if not module.endswith("test_factories")]


def factories() -> list[type[factory.django.DjangoModelFactory]]:
    found = []
    for module in map(importlib.import_module, MODULES):
        for _name, member in inspect.getmembers(module, inspect.isclass):
            if issubclass(member, factory.django.DjangoModelFactory) and member.__module__ == module.__name__:
                found.append(member)
    return found


def test_there_are_factories() -> None:
    assert len(factories()) > 5


@pytest.mark.django_db
@pytest.mark.parametrize("made", factories(), ids=lambda made: made.__name__)
def test_a_factory_makes_two_rows(made) -> None:
    first, second = made(), made()
    assert first.pk
    assert second.pk

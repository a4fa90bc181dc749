"""What the portal knows about people is declared, written down, handed out and erased."""

import re

from django.apps import apps
from django.conf import settings
from django.db import models

from portal.accounts.personal_data import declared_personal_fields, erasures, subject_accesses
from tests.architecture.houses import ROOT, part_of_label, part_of_module

PAGE = (ROOT / "docs" / "data-protection.md").read_text(encoding="utf-8")
# See the page's section on what is not erased.
KEPT_ON_PURPOSE = {"portal.audit"}


def fields_about_people() -> dict[str, set[str]]:
    """Find fields that name a person or hold her address or name: what a declaration may not forget."""
    found: dict[str, set[str]] = {}
    for config in apps.get_app_configs():
        if not part_of_module(config.name):
            continue
        for model in config.get_models():
            names = {field.name for field in model._meta.concrete_fields if _is_about_a_person(field)}
            if names:
                found[model._meta.label] = names
    return found


def _is_about_a_person(field: models.Field) -> bool:
    points_at_a_person = field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL
    return (
        points_at_a_person
        or isinstance(field, models.EmailField | models.GenericIPAddressField)
        or field.name == "actor_id"
    )


def test_every_field_about_a_person_is_declared() -> None:
    declared = declared_personal_fields()
    missing = {
        label: fields - declared.get(label, frozenset()) for label, fields in fields_about_people().items()
    }
    assert not {label: fields for label, fields in missing.items() if fields}


def test_every_declared_field_exists() -> None:
    for label, fields in declared_personal_fields().items():
        model = apps.get_model(label)
        assert fields <= {field.name for field in model._meta.get_fields()}, label


def test_the_page_lists_exactly_what_is_declared() -> None:
    written = {
        match.group(1): set(re.findall(r"`(\w+)`", match.group(2)))
        for match in re.finditer(r"^\| `(\w+\.\w+)` \| ([^|]+) \|", PAGE, re.MULTILINE)
    }
    assert written == {label: set(fields) for label, fields in declared_personal_fields().items()}


def test_what_is_declared_is_handed_out_and_erased() -> None:
    parts = {part_of_label(label.partition(".")[0]) for label in declared_personal_fields()} - {None}
    assert parts <= {part_of_module(access.export.__module__) for access in subject_accesses}
    assert parts - KEPT_ON_PURPOSE <= {part_of_module(erasure.erase.__module__) for erasure in erasures}

"""The arrows of the house that an import linter cannot see."""

import re

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tests.architecture.houses import (
    APPS,
    ROOT,
    contracts,
    floors,
    may_know,
    part_of_label,
    part_of_module,
    part_of_template,
)

INCLUDE = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")
URL_IN_TEMPLATE = re.compile(r"""\{%\s*url\s+["'](\w+):""")
URL_IN_CODE = re.compile(r"""\breverse(?:_lazy)?\(\s*["'](\w+):""")
# The frame of every page and allauth's pages link to the whole portal: they are assembly, like portal/urls.py.
ASSEMBLY = ("base.html", "components/site_head.html", "components/site_foot.html")
TEMPLATES = sorted(path.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*.html"))


def local_modules() -> list[str]:
    return [config.name for config in apps.get_app_configs() if part_of_module(config.name)]


def test_every_local_app_stands_on_a_floor_of_the_house() -> None:
    parts = {part for floor in floors() for part in floor}
    packages = {f"portal.{path.name}" for path in (ROOT / "portal").iterdir() if (path / "apps.py").exists()}
    packages |= {app for app in APPS if (ROOT / app / "apps.py").exists()}
    assert packages == parts


def test_no_contract_has_an_exception() -> None:
    assert all("ignore_imports" not in contract for contract in contracts())


@pytest.mark.parametrize("module", local_modules())
def test_foreign_keys_point_downward(module: str) -> None:
    config = apps.get_app_config(module.rpartition(".")[2])
    for model in config.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.related_model and not field.auto_created:
                other = part_of_label(field.related_model._meta.app_label)
                assert other is None or may_know(module, other), f"{model.__name__}.{field.name} → {other}"


def test_migrations_depend_downward() -> None:
    for (label, name), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
        part = part_of_label(label)
        for other_label, _other_name in migration.dependencies if part else ():
            other = part_of_label(other_label)
            assert other is None or may_know(part, other), f"{label}.{name} → {other_label}"


@pytest.mark.parametrize("path", [path for path in TEMPLATES if str(path) not in ASSEMBLY], ids=str)
def test_templates_include_and_link_downward(path) -> None:
    text = (ROOT / "templates" / path).read_text(encoding="utf-8")
    part = part_of_template(str(path))
    assert part is not None, f"{path} belongs to no part of the house"
    for included in INCLUDE.findall(text):
        other = part_of_template(included)
        assert other is None or may_know(part, other), f"{path} includes {included}"


@pytest.mark.parametrize("app", APPS)
def test_an_app_links_to_no_other_app(app: str) -> None:
    others = set(APPS) - {app}
    templates = (ROOT / "templates" / app).rglob("*.html") if (ROOT / "templates" / app).exists() else ()
    for file in [*templates, *(ROOT / app).rglob("*.py")]:
        text = file.read_text(encoding="utf-8")
        named = set(URL_IN_TEMPLATE.findall(text)) | set(URL_IN_CODE.findall(text))
        assert not named & others, f"{file.relative_to(ROOT)} links to {named & others}"


@pytest.mark.parametrize(
    "part", sorted(part for floor in floors() for part in floor if part.startswith("portal."))
)
def test_the_kernel_links_to_no_app_by_name(part: str) -> None:
    package = ROOT / part.replace(".", "/")
    for file in package.rglob("*.py"):
        named = set(URL_IN_CODE.findall(file.read_text(encoding="utf-8")))
        assert not named & set(APPS), f"{file.relative_to(ROOT)} links to {named & set(APPS)}"

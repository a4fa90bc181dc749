import re
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import translation

from portal.pages.translations import (
    LANGUAGES,
    compile_catalogs,
    extracted,
    po_file,
    read_catalog,
    untranslated,
)

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w*\}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_code_is_translated(language: str) -> None:
    catalog = read_catalog(language)
    missing = [message.id for message in extracted() if message.id and catalog.get(message.id) is None]
    assert not missing
    assert not untranslated(catalog)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_placeholders_of_its_text(language: str) -> None:
    for message in read_catalog(language):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        assert set(PLACEHOLDER.findall(ids[-1])) == set(PLACEHOLDER.findall(strings[-1])), ids


def test_extraction_finds_texts_in_code_and_in_templates() -> None:
    texts = {message.id for message in extracted()}
    assert "Lo que otro municipio ya resolvió, a tu alcance" in texts
    assert "No podés hacer esto" in texts
    assert any(isinstance(text, tuple) for text in texts), "plurals are found"


def test_django_speaks_voseo_in_words_that_django_still_has() -> None:
    compile_catalogs()
    own = read_catalog("es_AR")
    file = Path(django.__file__).parent / "conf" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    contrib = (
        Path(django.__file__).parent / "contrib" / "auth" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    )
    known = {message.id for source in (file, contrib) for message in read_po(source.open("rb"))}
    assert {message.id for message in own if message.id} <= known
    with translation.override(settings.LANGUAGE_CODE):
        assert translation.gettext("This field is required.") == "Completá este campo."


@pytest.mark.django_db
def test_a_public_page_speaks_the_chosen_language(client: Client) -> None:
    compile_catalogs()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get("/buscar/").content.decode()
    assert "Search" in page
    assert "Qué buscás" not in page


def test_compiled_files_are_younger_than_their_texts() -> None:
    compile_catalogs()
    for language in LANGUAGES:
        source = po_file(language)
        assert source.with_suffix(".mo").stat().st_mtime >= source.stat().st_mtime

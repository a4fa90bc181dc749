"""Names of questions, groups and lists: what may be one, and one that nobody has yet."""

import re
from collections.abc import Container

from django.utils.text import slugify
from django.utils.translation import gettext as _

from evaluate.drafting.refusals import EditRefused
from evaluate.engine.definition import FormDefinition

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
LONGEST = 60
_NUMBERED = re.compile(r"_\d+$")


def require_name(name: str) -> None:
    """Take a name that formulas can mention.

    Raises EditRefused for any other.
    """
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        message = _(
            "Escribí un nombre que empiece con una letra, con letras sin tilde, números o guion bajo: por ejemplo "
            "«arbolado_censo»."
        )
        raise EditRefused(message, "name")


def require_name_free(definition: FormDefinition, name: str) -> None:
    """Take a name that nothing in the questionnaire has.

    Raises EditRefused for any other.
    """
    require_name(name)
    if any(item.name == name for item in definition.by_path.values()):
        message = _("Ya hay una pregunta o sección que se llama «%(name)s». Elegí otro nombre.")
        raise EditRefused(message % {"name": name}, "name")


def fresh_name(taken: Container[str], wanted: str) -> str:
    """Return a name that is not taken, made of the wanted one and a number where needed."""
    stem = _NUMBERED.sub("", wanted)[: LONGEST - 4]
    if wanted not in taken:
        return wanted
    number = 2
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"


def name_from(definition: FormDefinition, text: str, otherwise: str) -> str:
    """Return a free name made of the first words of a text."""
    words = slugify(text).replace("-", "_").split("_")
    name = ""
    for word in filter(None, words):
        if len(name) + len(word) > LONGEST // 2:
            break
        name = f"{name}_{word}" if name else word
    if not NAME.fullmatch(name):
        name = otherwise
    return fresh_name({item.name for item in definition.by_path.values()}, name)

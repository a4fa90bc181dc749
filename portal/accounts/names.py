"""What may stand as a person's name: letters that are what they look like, and nothing that imitates anybody.

Look-alikes after Unicode Technical Standard 39: one script in a word, no compatibility forms of letters, and no word
of another alphabet that consists of nothing but letters that look Latin.
"""

import unicodedata
from typing import Any

import regex
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.plain_text import is_hidden

SHORTEST, LONGEST = 2, 150
# Letters of Cyrillic and Greek that are drawn as Latin ones.
_LOOKS_LATIN = frozenset("аеорсухіјѕԁԛԝһӏАВЕЅІЈКМНОРСТХУҮԌԚԜαοορνικυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
# Marks that names are written with beside letters.
_PUNCTUATION = frozenset(" '’ʼ‘-‐.,()·ªº")
_LATIN = regex.compile(r"\p{Script=Latin}")
_LETTER = regex.compile(r"\p{L}")
# Apart from these blocks, what counts as Latin are signs of phonetics, small capitals and other drawings of letters.
_LATIN_OF_NAMES = regex.compile(r"[A-Za-zªº\u00C0-\u024F\u1E00-\u1EFF]")
_SCRIPTS = tuple(
    regex.compile(rf"\p{{Script={name}}}")
    for name in (
        "Latin",
        "Cyrillic",
        "Greek",
        "Armenian",
        "Hebrew",
        "Arabic",
        "Cherokee",
        "Lisu",
        "Coptic",
        "Georgian",
    )
)
_STACKED_MARKS = regex.compile(r"\p{M}{3,}")
# "ana.gomez.com", "www.…": a full stop with no space behind it, and small letters.
_ADDRESS = regex.compile(r"://|\bwww\.|@|\.[a-z]{2,}(?![\p{L}.])|[<>/\\]")
# Words that say who speaks for the network, as they are without accents; in Spanish, Portuguese and English.
_OFFICIAL = frozenset(
    {
        "equipo",
        "equipe",
        "team",
        "staff",
        "administracion",
        "administrador",
        "administradora",
        "administracao",
        "administration",
        "administrator",
        "admin",
        "soporte",
        "suporte",
        "support",
        "moderacion",
        "moderador",
        "moderadora",
        "moderation",
        "moderator",
        "sistema",
        "system",
        "notificaciones",
    }
)
_OFFICIAL_PHRASES = ("cuenta borrada", "red de innovacion local", "erased account")


def clean_name(name: str, *, is_of_the_network: bool = False) -> str:
    """Return a person's name in its one form: composed (NFC), with single spaces.

    Args:
        is_of_the_network: staff may be called after the network ("Equipo RIL").

    Raises:
        ValidationError: it is no name; the message says what to do.
    """
    plain = unicodedata.normalize("NFC", " ".join(name.split()))
    _check_signs(plain)
    _check_length(plain)
    _check_letters(plain)
    if not is_of_the_network:
        _check_claim(plain)
    return plain


class NameRules:
    """For forms that take a person's name; staff may be called after the network."""

    cleaned_data: dict[str, Any]
    instance: Any = None

    def clean_name(self) -> str:
        """Refuse what is no name; one that stays as it was is not judged again."""
        name = str(self.cleaned_data["name"])
        if self.instance is not None and name == self.instance.name:
            return name
        return clean_name(name, is_of_the_network=self._is_of_the_network())

    def _is_of_the_network(self) -> bool:
        return bool(self.instance is not None and self.instance.is_staff)


def _check_signs(name: str) -> None:
    if any(is_hidden(sign) for sign in name):
        raise ValidationError(
            _("El nombre tiene caracteres que no se ven. Escribilo con el teclado en lugar de pegarlo.")
        )
    if _ADDRESS.search(name):
        raise ValidationError(
            _("Acá va tu nombre, sin correos, enlaces ni código. Después de un punto dejá un espacio.")
        )
    if not all(_is_of_names(sign) for sign in name) or _STACKED_MARKS.search(name):
        raise ValidationError(_("Escribí tu nombre solo con letras, sin símbolos ni dibujos."))


def _is_of_names(sign: str) -> bool:
    return sign in _PUNCTUATION or unicodedata.category(sign)[0] in "LM" or sign in "0123456789"


def _check_length(name: str) -> None:
    if len(name) > LONGEST:
        raise ValidationError(
            _("Tu nombre tiene %(length)d caracteres y entran %(most)d. Acortalo."),
            params={"length": len(name), "most": LONGEST},
        )
    if len(_LETTER.findall(name)) < SHORTEST:
        raise ValidationError(_("Escribí tu nombre y apellido: con dos letras por lo menos."))


def _check_letters(name: str) -> None:
    """Refuse letters that are not what they look like."""
    drawn = any(_is_drawing(sign) for sign in name)
    if drawn or any(_imitates(word) for word in regex.split(r"[^\p{L}\p{M}]+", name)):
        raise ValidationError(
            _(
                "Algunas letras parecen de un alfabeto y son de otro, y así alguien podría hacerse pasar por otra "
                "persona. Escribí el nombre de nuevo con tu teclado."
            )
        )


def _is_drawing(sign: str) -> bool:
    if sign in _PUNCTUATION or not sign.isalpha():
        return False
    is_phonetic = bool(_LATIN.match(sign)) and not _LATIN_OF_NAMES.match(sign)
    return is_phonetic or unicodedata.normalize("NFKC", sign) != sign


def _imitates(word: str) -> bool:
    letters = [sign for sign in word if _LETTER.match(sign)]
    scripts = {number for sign in letters for number, script in enumerate(_SCRIPTS) if script.match(sign)}
    looks_latin = bool(letters) and all(
        unicodedata.normalize("NFD", sign)[0] in _LOOKS_LATIN for sign in letters
    )
    return len(scripts) > 1 or looks_latin


def _check_claim(name: str) -> None:
    folded = _folded(name)
    # "Admin 1" and "e q u i p o" say the same.
    words = {word.strip("0123456789") for word in (*folded.split(), folded.replace(" ", ""))}
    own = {_folded(settings.ORGANISATION_NAME), _folded(settings.SITE_NAME), *_OFFICIAL_PHRASES}
    if _OFFICIAL.intersection(words) or any(f" {phrase} " in f" {folded} " for phrase in own if phrase):
        raise ValidationError(
            _(
                "Ese nombre haría pensar que hablás por la red o por su equipo. Escribí tu nombre y apellido; "
                "dónde trabajás va en tu municipio y tu cargo."
            )
        )


def _folded(text: str) -> str:
    """Return words in lower case and without accents, points or digits between letters."""
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", text.casefold()) if sign.isalnum() or sign.isspace()
    )
    return " ".join(bare.split())

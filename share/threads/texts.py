"""What people write in conversations, as it is kept: Markdown in which people and posts are named by key, not by name.

A mention is written `[@Ana Pérez](persona:<uuid>)`, a quote begins with `[#3](mensaje:<key>)`. What stands between the
brackets is for whoever writes: it is dropped when the text is kept, so that no name outlives an account, and filled in
for each reader (`share.threads.filling`).
"""

import re
from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.markdown import markdown_html, markdown_plain
from portal.core.plain_text import without_hidden
from share.models.posts import MAX_TEXT

PERSON, POST = "persona", "mensaje"
REFERENCES = (PERSON, POST)
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_mention = re.compile(rf"\[[^\[\]\n]*\]\({PERSON}:({_UUID})\)")
_quote = re.compile(rf"\[[^\[\]\n]*\]\({POST}:([0-9]{{1,18}})\)")
_place = re.compile(rf'<span data-reference="{PERSON}:({_UUID})"></span>')


def text_kept(text: str) -> str:
    """Return a text as it is kept: in one form, without what nobody sees, and without anybody's name in its mentions.

    Raises:
        ValidationError: nothing is left of it, or it is too long.
    """
    cleaned = without_hidden(text).strip()
    if not cleaned:
        raise ValidationError({"text": _("Escribí el texto: está vacío.")})
    if len(cleaned) > MAX_TEXT:
        raise ValidationError(
            {
                "text": _(
                    "El texto tiene %(number)d letras y entran %(maximum)d. Acortalo, o mandá lo largo como archivo."
                )
                % {"number": len(cleaned), "maximum": MAX_TEXT}
            }
        )
    nameless = _mention.sub(lambda found: f"[@]({PERSON}:{found[1].lower()})", cleaned)
    return _quote.sub(lambda found: f"[#]({POST}:{found[1]})", nameless)


def text_html(text: str) -> SafeString:
    """Return what is kept as HTML: with places where people and posts are named when it is read."""
    return markdown_html(text, references=REFERENCES)


def text_plain(text: str) -> str:
    """Return what a text says in one line, without anybody whom it mentions."""
    return markdown_plain(text, references=REFERENCES)


def mentioned_in(html: str) -> list[UUID]:
    """Return the keys of the people whom a text mentions where it is read, once each, in their order."""
    return list(dict.fromkeys(UUID(found) for found in _place.findall(html)))


def mention_of(public_id: UUID, name: str) -> str:
    """Return what stands in a text for a person, with her name for whoever writes it."""
    label = re.sub(r"[\[\]\\\n]", "", name).strip()
    return f"[@{label}]({PERSON}:{public_id})"


def text_with_names(text: str, names: Mapping[UUID, str]) -> str:
    """Return a kept text as its author changes it: with the names that she may read beside the keys."""

    def named(found: re.Match[str]) -> str:
        key = UUID(found[1])
        return mention_of(key, names[key]) if key in names else found[0]

    return _mention.sub(named, text)


def text_shown(text: str, names: Mapping[UUID, str]) -> str:
    """Return a kept text for who reads how it was written: with names, and without keys.

    Args:
        names: of the people whom the reader may know; the others are somebody of the network.
    """
    named = _mention.sub(lambda found: f"@{names.get(UUID(found[1]), _('alguien de la red'))}", text)
    return _quote.sub(lambda found: _("(cita)"), named)


def mention_keys(text: str) -> set[UUID]:
    """Return the keys of all people whom a kept text names, drawn or not."""
    return {UUID(found) for found in _mention.findall(text)}


def quote_of(post_id: int, number: int, text: str) -> str:
    """Return the beginning of an answer that quotes a post: its words, headed by what names it."""
    lines = text.split("\n")
    quoted = "\n".join(f"> {line}".rstrip() for line in lines)
    return f"> [#{number}]({POST}:{post_id})\n>\n{quoted}\n\n"

"""What somebody wants to ask or discuss, and whether it can be kept as it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.accounts.affiliation import works_in
from portal.accounts.models import User
from portal.catalog.models import Entry
from portal.core.plain_text import without_hidden
from portal.places.models import Municipality
from portal.topics.labels import area_labels, topic_labels
from share.models import Thread
from share.models.threads import MAX_TITLE

MIN_TITLE = 8
MOST_AREAS = 3
MOST_TOPICS = 6


@dataclass(frozen=True)
class ThreadDraft:
    """What somebody wants to ask or discuss.

    Args:
        text: Markdown, as it was typed.
        municipality: one where she works; none for the network's team.
        about: the thing of the catalogue that it is about.
    """

    title: str
    text: str
    kind: str = Thread.Kind.QUESTION
    areas: Sequence[str] = ()
    topics: Sequence[str] = ()
    language: str = settings.LANGUAGE_CODE
    visibility: str = Thread.Visibility.MEMBERS
    municipality: Municipality | None = None
    about: Entry | None = None


def title_kept(title: str) -> str:
    """Return a title as it is kept: in one line.

    Raises:
        ValidationError: it says too little or too much.
    """
    kept = " ".join(without_hidden(title).split())
    if len(kept) < MIN_TITLE:
        raise ValidationError(
            {"title": _("Escribí el título en una oración: con él la gente decide si puede ayudarte.")}
        )
    if len(kept) > MAX_TITLE:
        raise ValidationError(
            {
                "title": _(
                    "El título tiene %(number)d letras y entran %(maximum)d. Contá lo demás en el texto."
                )
                % {"number": len(kept), "maximum": MAX_TITLE}
            }
        )
    return kept


def draft_check(*, author: User, draft: ThreadDraft) -> None:
    """Go on when what was chosen can be chosen by her.

    Raises:
        ValidationError: the message says what cannot.
    """
    slugs_check(draft.areas, draft.topics)
    town = draft.municipality
    if not (works_in(author, town) if town is not None else author.is_staff):
        raise ValidationError({"municipality": _("Elegí un municipio en el que trabajes.")})
    if draft.kind not in Thread.Kind.values:
        raise ValidationError({"kind": _("Elegí si es una pregunta o una conversación.")})
    if draft.language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("Elegí uno de los idiomas de la lista.")})
    if draft.visibility not in Thread.Visibility.values:
        raise ValidationError({"visibility": _("Elegí quién puede leerla.")})
    if draft.about is not None and draft.about.visibility != Thread.Visibility.PUBLIC == draft.visibility:
        raise ValidationError(
            {"visibility": _("Es sobre algo que ven integrantes de la red: elegí que la lean integrantes.")}
        )


def slugs_check(areas: Sequence[str], topics: Sequence[str]) -> None:
    """Go on when these areas and topics exist and are not too many.

    Raises:
        ValidationError: the message is for the field.
    """
    for name, chosen, known, most in (
        ("areas", areas, area_labels(), MOST_AREAS),
        ("topics", topics, topic_labels(), MOST_TOPICS),
    ):
        if set(chosen) - known.keys():
            raise ValidationError(
                {name: _("Uno de los que elegiste ya no está en la lista. Elegí de nuevo.")}
            )
        if len(chosen) > most:
            raise ValidationError(
                {
                    name: _("Elegiste %(chosen)d y entran %(most)d: dejá los que más te importan.")
                    % {"chosen": len(chosen), "most": most}
                }
            )

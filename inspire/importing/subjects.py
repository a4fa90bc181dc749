"""Policy areas and topics of the portal, as other people's files name them."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from inspire.cells import split_list
from inspire.importing.plain_text import clean_line, shorten
from portal.places.names import normalise_name
from portal.topics.models import PolicyArea, Topic


class SubjectFinder:
    """Finds policy areas and topics by their slug or their name in Spanish, English or Portuguese."""

    def __init__(self) -> None:
        self._areas = _by_name(PolicyArea.objects.all())
        self._topics = _by_name(Topic.objects.all())

    def areas(self, cell: str, remark: Callable[[str], None]) -> list[str]:
        """Return the slugs of the areas in a cell."""
        return _found(cell, self._areas, remark)

    def topics(self, cell: str, remark: Callable[[str], None]) -> list[str]:
        """Return the slugs of the topics in a cell."""
        return _found(cell, self._topics, remark)


def _by_name(subjects: Iterable[PolicyArea | Topic]) -> dict[str, str]:
    found: dict[str, str] = {}
    for subject in subjects:
        for name in (subject.slug, subject.name_es, subject.name_en, subject.name_pt):
            found.setdefault(normalise_name(name), subject.slug)
    return found


def _found(cell: str, known: dict[str, str], remark: Callable[[str], None]) -> list[str]:
    slugs = {}
    for text in map(clean_line, split_list(cell)):
        slug = known.get(normalise_name(text))
        if slug:
            slugs[slug] = True
        elif text:
            remark(
                _("El portal no tiene «%(text)s»: quedó afuera. Usá sus nombres o sus identificadores.")
                % {"text": shorten(text, 60)}
            )
    return list(slugs)

"""The parts of one's own profile as they stand on the page where it is written."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class ProfileSection:
    """Some fields that are written together, and the parts whose visibility is chosen beside them.

    Args:
        id: its place in the page's address.
        fields: names of the form's fields.
        parts: ids of `connect.visibility.profile_fields`.
    """

    id: str
    title: str | Promise
    parts: tuple[str, ...]
    fields: tuple[str, ...] = ()
    hint: str | Promise = ""


SECTIONS = (
    ProfileSection("nombre", _("Tu nombre"), ("name",)),
    ProfileSection("foto", _("Tu foto"), ("photo",), ("photo",)),
    ProfileSection("trabajo", _("Tu municipio y tu cargo"), ("work", "history")),
    ProfileSection("que-haces", _("Qué hacés"), ("about",), ("about",)),
    ProfileSection("areas", _("Tus áreas de gestión"), ("areas",), ("areas",)),
    ProfileSection(
        "en-que-podes-ayudar",
        _("En qué podés ayudar"),
        ("offers",),
        ("offers", "offer_topics"),
        _("Por esto te encuentran quienes buscan a alguien que ya lo hizo."),
    ),
    ProfileSection(
        "que-buscas",
        _("Qué estás buscando"),
        ("seeks",),
        ("seeks", "seek_topics"),
        _("Con esto te proponemos personas que pueden ayudarte."),
    ),
    ProfileSection("idiomas", _("Idiomas"), ("languages",), ("languages",)),
    ProfileSection(
        "cuando-escribirte",
        _("Cuándo se te puede escribir"),
        ("availability",),
        ("availability", "paused_until", "availability_note"),
    ),
    ProfileSection(
        "enlaces",
        _("Enlaces"),
        ("links",),
        (),
        _("Hasta cinco: una publicación, la página de tu área, un perfil profesional."),
    ),
    ProfileSection(
        "aportes",
        _("Lo que compartiste en el portal"),
        ("contributions",),
        (),
        _(
            "Sale solo: las soluciones y resultados en los que figurás. Acá elegís quién los ve juntos en tu página."
        ),
    ),
)
SECTION_IDS = frozenset(section.id for section in SECTIONS)

"""Peer groups in words: who is in them, by which rule, and why there may be no figures. Never a list of towns."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluate.benchmark.groups import Family
from evaluate.models import PeerGroup
from portal.places.models import Municipality
from portal.places.population_bands import band_label, population_band

SELF_REPORTED = gettext_lazy(
    "Son respuestas de cada municipio sobre sí mismo: nadie las verificó. Sirven para saber dónde mirar, "
    "no para premiar ni para castigar."
)


def family_label(family: str, municipality: Municipality | None) -> str:
    """Name a group in a few words, for the link that chooses it."""
    if family == Family.PROVINCE and municipality:
        return municipality.region_name
    if family == Family.POPULATION and municipality and municipality.population:
        return band_label(population_band(municipality.population))
    return {
        Family.ALL: _("Toda la red"),
        Family.PROVINCE: _("Tu provincia"),
        Family.POPULATION: _("De tu tamaño"),
        Family.SIMILAR: _("Municipios similares"),
    }[Family(family)]


def family_rule(family: str, municipality: Municipality | None, count: int) -> str:
    """Say who is in a group: how many, and by which rule."""
    words = {"count": count, "place": family_label(family, municipality)}
    if family == Family.PROVINCE:
        text = ngettext(
            "%(count)s municipio de %(place)s que firmó este cuestionario.",
            "%(count)s municipios de %(place)s que firmaron este cuestionario.",
            count,
        )
    elif family == Family.POPULATION:
        text = ngettext(
            "%(count)s municipio que firmó este cuestionario, por tamaño: %(place)s.",
            "%(count)s municipios que firmaron este cuestionario, por tamaño: %(place)s.",
            count,
        )
    elif family == Family.SIMILAR:
        text = ngettext(
            "%(count)s municipio: el más parecido al tuyo, por población, provincia y categoría de gobierno, "
            "entre los que firmaron este cuestionario.",
            "%(count)s municipios: los más parecidos al tuyo, por población, provincia y categoría de gobierno, "
            "entre los que firmaron este cuestionario.",
            count,
        )
    else:
        text = ngettext(
            "%(count)s municipio de la red que firmó este cuestionario.",
            "%(count)s municipios de la red que firmaron este cuestionario.",
            count,
        )
    return text % words


def withheld_reason(withheld: str) -> str:
    """Say why a group has no figures, and what would change that."""
    if withheld == PeerGroup.Withheld.CLOSE:
        return _(
            "Este grupo es casi igual a otro que ya tiene cifras: restando uno del otro se podría adivinar el "
            "resultado de un municipio. Mirá la comparación con otro grupo."
        )
    if withheld == PeerGroup.Withheld.REST:
        return _(
            "Con las cifras de este grupo quedarían muy pocos municipios fuera, y se podría adivinar el resultado de "
            "alguno. Mirá la comparación con otro grupo."
        )
    if withheld == PeerGroup.Withheld.PUBLIC:
        return _(
            "Casi todos los resultados de este grupo son públicos: con las cifras se podrían adivinar los pocos que no "
            "lo son. Mirá la comparación con otro grupo."
        )
    return _(
        "Todavía hay menos de cinco municipios con resultado en este grupo. Con tan pocos se podría adivinar el de "
        "cada uno, así que no mostramos nada. Invitá a otros a responder el cuestionario, o mirá otro grupo."
    )


def missing_group_reason(family: str) -> str:
    """Say why a town has no such group at all."""
    if family == Family.PROVINCE:
        return _("No sabemos en qué provincia está tu municipio. Pedile al equipo de la red que lo complete.")
    return _("No sabemos cuántos habitantes tiene tu municipio. Pedile al equipo de la red que lo complete.")

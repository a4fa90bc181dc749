"""What is known beforehand about a register and the country it is of."""

from dataclasses import dataclass

from portal.places.models import Country


@dataclass(frozen=True)
class Register:
    """A source of official codes.

    Args:
        source: its id, under which the codes are kept.
        country: the country that all its municipalities are in.
        code_digits: how long its codes are, where all are numbers of one length; 0 elsewhere. INDEC's have six,
            of which the first two are the province's (Resolución INDEC 144/2022).
    """

    source: str
    country: Country
    code_digits: int = 0

    @property
    def has_provinces(self) -> bool:
        """Say whether its regions are the provinces of Argentina, which the portal knows by heart."""
        return self.country.code == "AR"


def register_of(source: str, country: Country) -> Register:
    """Return what is known about a source."""
    return Register(source, country, code_digits=6 if (source, country.code) == ("indec", "AR") else 0)

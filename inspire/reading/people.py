"""The people behind a solution, by what they have to do with it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspire.models import Solution, SolutionPerson

Role = SolutionPerson.Role
# Whom a reader would ask comes first.
HEADINGS: dict[str, str | Promise] = {
    Role.CONTACT: _("A quién preguntarle"),
    Role.IMPLEMENTER: _("Quién lo llevó adelante"),
    Role.AUTHOR: _("Quién lo cuenta"),
}


@dataclass(frozen=True)
class ShownPerson:
    """Somebody by name, and where she works; never an address."""

    name: str
    place: str


@dataclass(frozen=True)
class PeopleOfRole:
    """Those who have the same to do with a solution."""

    heading: str | Promise
    people: list[ShownPerson]


def people_of(solution: Solution) -> list[PeopleOfRole]:
    """Return the people by role; the rows were loaded with the accounts they lead to."""
    everybody = list(solution.people.all())
    town = solution.municipality.name if solution.municipality else ""
    groups = (
        PeopleOfRole(heading, [_shown(person, town) for person in everybody if person.role == role])
        for role, heading in HEADINGS.items()
    )
    return [group for group in groups if group.people]


def _shown(person: SolutionPerson, town: str) -> ShownPerson:
    """Name somebody as she calls herself today, while her account is in use; otherwise as it was written.

    A row in the municipality's own name stands for its team, whoever answers for it now.
    """
    account = person.user if person.user_id and person.name != town else None
    name = account.name if account and account.is_active and account.name else person.name
    return ShownPerson(name, ", ".join(filter(None, (person.position, person.organisation))))

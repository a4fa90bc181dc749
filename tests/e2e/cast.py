"""People of a journey's own, whose accounts it may suspend or erase without spoiling another's."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from inspire.models import Solution, SolutionPerson
from inspire.services import facets_refresh
from inspire.services.publishing import solution_catalogue
from portal.accounts.models import Membership, User
from portal.places.models import Municipality
from tests.connect.factories import connect_two, listed
from tests.e2e.running_portal import RunningPortal
from tests.inspire.factories import SolutionFactory
from tests.inspire.factories import picture as picture_bytes
from tests.portal.accounts_factories import PASSWORD, MembershipFactory, UserFactory


@dataclass(frozen=True)
class Role:
    """Somebody who takes part: the name she signs in by, and what she is before the journey begins.

    Args:
        knows: the names of those whom she is connected with.
        solution: the title of a published solution of her town's that she answers questions about.
    """

    who: str
    name: str
    town: str
    position: str = "Directora de Ambiente"
    is_listed: bool = True
    is_coordinator: bool = False
    knows: tuple[str, ...] = ()
    solution: str = ""
    offers: str = ""

    @property
    def email(self) -> str:
        """Where she signs in."""
        return f"{self.who}@elenco.example"


def enter(portal: RunningPortal, *roles: Role) -> None:
    """Give everybody an account in the running portal; they sign in by `who`."""
    told = json.dumps([asdict(role) for role in roles])
    portal.manage("shell", "--command", f"from tests.e2e import cast; cast.play({told!r})")
    portal.accounts.update({role.who: (role.email, PASSWORD) for role in roles})


def play(told: str) -> None:
    """Make the accounts; this runs inside the portal."""
    people: dict[str, User] = {}
    for fields in json.loads(told):
        role = Role(**fields)
        people[role.who] = person = _person(role)
        for who in role.knows:
            connect_two(person, people[who])
        if role.solution:
            _solution(role, person)


def _person(role: Role) -> User:
    account = {"name": role.name, "email": role.email}
    work: dict[str, Any] = {"municipality": _town(role.town), "position": role.position}
    if role.is_coordinator:
        work["role"] = Membership.Role.COORDINATOR
    if not role.is_listed:
        user = UserFactory(**account)
        MembershipFactory(user=user, **work)
        return user
    return listed(role.name, user_email=role.email, offers=role.offers, **work)


def _solution(role: Role, person: User) -> None:
    town = _town(role.town)
    solution = SolutionFactory(
        title=role.solution,
        source_id=f"elenco-{role.who}",
        municipality=town,
        country=town.country,
        status=Solution.Status.PUBLISHED,
        published_at=timezone.now(),
    )
    SolutionPerson.objects.create(
        solution=solution, role=SolutionPerson.Role.CONTACT, name=role.name, user=person
    )
    facets_refresh(solution_ids=[solution.pk])
    solution_catalogue(solution=solution)


def _town(name: str) -> Municipality:
    return Municipality.objects.filter(name=name, country__code="AR").order_by("pk")[0]


def picture(name: str) -> dict[str, Any]:
    """Return a picture as a browser's file field takes it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture_bytes(600, 600)}

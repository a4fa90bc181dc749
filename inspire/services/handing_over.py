"""What an official answers for in the library in her municipality's name, and giving it to a colleague when she leaves.

What somebody still writes by herself is hers and is not passed on. Nobody is named on a public page by somebody else:
questions about the municipality's solutions go to the colleague, and the page names the municipality.
"""

from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspire.models import Contribution, ContributionAuthor, Solution, SolutionPerson
from inspire.querysets_contributions import ContributionQuerySet
from inspire.services.facets import facets_refresh
from inspire.services.publishing import solution_catalogue
from inspire.services.revisions import first_revisions_keep, revisions_keep
from portal.accounts.handovers import Handover
from portal.accounts.models import User
from portal.places.models import Municipality

CONTACT = SolutionPerson.Role.CONTACT


def held_contacts(user: User, municipality: Municipality) -> list[str]:
    """Return the keys of the municipality's solutions that she answers questions about."""
    rows = Solution.objects.filter(municipality=municipality, people__user=user, people__role=CONTACT)
    return [str(key) for key in rows.order_by("pk").values_list("pk", flat=True).distinct()]


def contacts_pass_on(
    user: User, municipality: Municipality, successor: User | None, keys: Sequence[str]
) -> int:
    """Let the municipality answer for its solutions, through a colleague where there is one; says how many it was."""
    rows = Solution.objects.filter(pk__in=[int(key) for key in keys], municipality=municipality)
    solutions = list(rows.order_by("pk").select_for_update(of=("self",)))
    ids = [solution.pk for solution in solutions]
    first_revisions_keep(solution_ids=ids)
    for solution in solutions:
        _let_municipality_answer(solution, user, municipality, successor)
    facets_refresh(solution_ids=ids)
    revisions_keep(
        solution_ids=ids, actor=None, reason=_("Quien respondía dejó el municipio: responde su equipo.")
    )
    for solution in solutions:
        solution_catalogue(solution=solution)
    return len(ids)


def held_contributions(user: User, municipality: Municipality) -> list[str]:
    """Return the keys of what she handed in in the municipality's name, and of what it published."""
    written = Contribution.objects.written_by(user)
    return [str(key) for key in _of_municipality(written, municipality).values_list("pk", flat=True)]


def contributions_pass_on(
    user: User, municipality: Municipality, successor: User | None, keys: Sequence[str]
) -> int:
    """Let a colleague write on what was handed in or published; those who wrote it remain. Says how many it was."""
    if successor is None:
        return 0
    rows = Contribution.objects.filter(pk__in=[int(key) for key in keys])
    passed = 0
    for contribution in _of_municipality(rows, municipality).order_by("pk").select_for_update(of=("self",)):
        passed += _let_write(contribution, successor)
    return passed


def _let_municipality_answer(
    solution: Solution, leaver: User, municipality: Municipality, successor: User | None
) -> None:
    contacts = solution.people.filter(role=CONTACT)
    contacts.filter(user=leaver).delete()
    # A row in the town's own name: see `inspire.reading.people`, which then shows nobody's.
    contact, _is_new = contacts.get_or_create(
        name=municipality.name[:150], defaults={"solution": solution, "role": CONTACT, "user": successor}
    )
    if contact.user_id is None and successor is not None:
        contact.user = successor
        contact.save(update_fields=["user"])


def _of_municipality(rows: ContributionQuerySet, municipality: Municipality) -> ContributionQuerySet:
    open_ones = Q(
        status__in=[Contribution.Status.SUBMITTED, Contribution.Status.CHANGES_ASKED],
        content__municipality__choice=str(municipality.pk),
    )
    published = Q(status=Contribution.Status.PUBLISHED, solution__municipality=municipality)
    return rows.filter(open_ones | published)


def _let_write(contribution: Contribution, successor: User) -> bool:
    """Make her one of its authors, unnamed until she says otherwise; says whether she is one now."""
    author, _is_new = ContributionAuthor.objects.get_or_create(contribution=contribution, user=successor)
    if author.has_declined:
        return False
    if not author.is_accepted:
        author.accepted_at, author.left_at = timezone.now(), None
        author.save(update_fields=["accepted_at", "left_at"])
    return True


CONTACTS = Handover(
    id="solution-contacts",
    label=gettext_lazy("Soluciones del municipio sobre las que respondía consultas"),
    held=held_contacts,
    pass_on=contacts_pass_on,
    order=40,
)
CONTRIBUTIONS = Handover(
    id="contributions",
    label=gettext_lazy("Aportes a la biblioteca en nombre del municipio"),
    held=held_contributions,
    pass_on=contributions_pass_on,
    order=50,
)

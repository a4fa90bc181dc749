"""How people sign what they wrote, organise or say in Intercambiar, as one reader may know them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.colleagues import Colleague, colleagues_shown
from portal.accounts.models import User
from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level
from portal.places.models import Municipality

# Who wrote, and where she worked then; either may be gone.
Signed = tuple[int | None, int | None]


@dataclass(frozen=True)
class Signature:
    """How somebody signs: a name that this reader may read, and where she worked when she signed.

    Args:
        url: of her page, where the reader may see it.
        municipality: where she worked then; empty for the network's team and for who is not of a municipality.
        photo_url: of a small square picture; empty where there is none for the reader.
        is_named: whether the name is hers and not a description.
    """

    name: str
    municipality: str = ""
    url: str = ""
    photo_url: str = ""
    initials: str = ""
    is_staff: bool = False
    is_sample: bool = False
    is_named: bool = True

    @property
    def text(self) -> str:
        """The signature in one line."""
        return " · ".join(filter(None, (self.name, self.municipality)))


def signatures(
    reader: Any,
    signed: Iterable[Signed],
    *,
    accounts: Mapping[int, User] | None = None,
    towns: Mapping[int, str] | None = None,
    shown: Mapping[int, Colleague] | None = None,
) -> dict[Signed, Signature]:
    """Return how each of these people signs, by person and municipality; a number of queries that does not grow.

    Members of the network read the name of whoever wrote, with a link where she is in the directory for them; all
    others read the names of those only who agreed to be found by everybody.

    Args:
        accounts: of the people, where the caller has them already.
        towns: names of municipalities, where the caller has them already.
        shown: whom of them the reader may know, where the caller asked for that already.
    """
    asked = set(signed)
    people = {user_id for user_id, _town in asked if user_id}
    if shown is None:
        shown = colleagues_shown(reader, people) if people else {}
    names = _towns({town for _user, town in asked if town}) if towns is None else towns
    if accounts is None:
        accounts = _accounts(people - shown.keys())
    is_member = reading_level(reader) in MEMBERS_LEVELS
    return {
        (user_id, town): _signature(
            shown.get(user_id or 0), accounts.get(user_id or 0), names.get(town or 0, ""), is_member
        )
        for user_id, town in asked
    }


def _signature(shown: Colleague | None, account: User | None, town: str, is_member: bool) -> Signature:
    if shown is not None:
        return Signature(
            name=shown.name,
            municipality=town,
            url=shown.url,
            photo_url=shown.photo_url,
            initials=shown.initials,
            is_staff=shown.is_staff,
            is_sample=shown.is_sample,
        )
    if account is None:
        return Signature(_("Alguien que ya no está en la red"), town, is_named=False)
    if account.erased_at is not None:
        return Signature(account.get_full_name(), is_named=False)
    if is_member:
        return Signature(
            account.get_full_name(), town, is_staff=account.is_staff, is_sample=account.is_sample
        )
    name = _("Equipo de la red") if account.is_staff else _("Integrante de la red")
    return Signature(name, town, is_staff=account.is_staff, is_sample=account.is_sample, is_named=False)


def _accounts(people: Collection[int]) -> dict[int, User]:
    if not people:
        return {}
    known = User.objects.filter(pk__in=people).only("name", "erased_at", "former_of", "is_staff", "is_sample")
    return {account.pk: account for account in known}


def _towns(keys: Collection[int]) -> dict[int, str]:
    if not keys:
        return {}
    return dict(Municipality.objects.filter(pk__in=keys).order_by().values_list("pk", "name"))

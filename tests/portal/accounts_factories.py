"""People, memberships and e-mail domains to test with."""

from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone

from portal.accounts.affiliation import forget_affiliation
from portal.accounts.models import Membership, MunicipalityDomain, User
from tests.portal.places_factories import MunicipalityFactory

PASSWORD = "correcto-caballo-batería"


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a confirmed address; `has_confirmed_email=False` leaves it unconfirmed."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"persona{number}@example.org")
    name = factory.Sequence(lambda number: f"Persona Número {number}")
    password = PASSWORD

    class Params:
        staff = factory.Trait(is_staff=True)
        superuser = factory.Trait(is_staff=True, is_superuser=True)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        return model_class.objects.create_user(**fields)

    @factory.post_generation
    def has_confirmed_email(self, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        """Give the account its address the way sign-up does."""
        if create:
            is_confirmed = extracted is not False
            EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=is_confirmed)


class MembershipFactory(factory.django.DjangoModelFactory):
    """A person who works in a municipality; traits: requested, declined, left, coordinator."""

    class Meta:
        model = Membership
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    position = "Directora de Ambiente"
    status = Membership.Status.ACTIVE
    started_on = factory.LazyFunction(timezone.localdate)

    class Params:
        coordinator = factory.Trait(role=Membership.Role.COORDINATOR)
        requested = factory.Trait(status=Membership.Status.REQUESTED, started_on=None)
        declined = factory.Trait(status=Membership.Status.DECLINED, started_on=None)
        left = factory.Trait(status=Membership.Status.LEFT, ended_on=factory.LazyFunction(timezone.localdate))

    @factory.post_generation
    def areas(self, create: bool, extracted: list[Any] | None, **kwargs: Any) -> None:
        """Set the areas that were asked for, and let the person's permissions be asked anew."""
        if create:
            self.areas.set(extracted or [])
            forget_affiliation(self.user)


class MunicipalityDomainFactory(factory.django.DjangoModelFactory):
    """A municipality's own domain, where a confirmed address is enough to join."""

    class Meta:
        model = MunicipalityDomain

    municipality = factory.SubFactory(MunicipalityFactory)
    domain = factory.Sequence(lambda number: f"villa{number}.gob.ar")
    approves_members = True

"""Solutions to test with."""

from datetime import UTC, datetime, timedelta

import factory

from inspire.models import Solution, SolutionPerson
from inspire.services import facets_refresh
from tests.portal.places_factories import CountryFactory

FIRST_DAY = datetime(2026, 3, 1, tzinfo=UTC)


class SolutionFactory(factory.django.DjangoModelFactory):
    """A published solution of Argentina without a position; traits: draft, on_map, country_wide."""

    class Meta:
        model = Solution
        skip_postgeneration_save = True

    source = "pruebas"
    source_id = factory.Sequence(lambda number: f"caso-{number}")
    slug = factory.SelfAttribute("source_id")
    title = factory.Sequence(lambda number: f"Compostaje en el barrio {number}")
    summary = "Las familias separan los restos de cocina."
    what_was_done = "Se entregaron composteras."
    country = factory.SubFactory(CountryFactory)
    latitude = None
    longitude = None
    position_precision = factory.LazyAttribute(
        lambda solution: "exact" if solution.latitude is not None else ""
    )
    status = Solution.Status.PUBLISHED
    published_at = factory.Sequence(lambda number: FIRST_DAY + timedelta(minutes=number))

    class Params:
        draft = factory.Trait(status=Solution.Status.DRAFT, published_at=None)
        on_map = factory.Trait(place_name="Tandil", latitude=-37.32, longitude=-59.13)
        country_wide = factory.Trait(latitude=-34.61, longitude=-58.38, position_precision="country")

    @factory.post_generation
    def areas(self, create, extracted, **kwargs):
        """Give it policy areas."""
        if create and extracted:
            self.areas.set(extracted)

    @factory.post_generation
    def topics(self, create, extracted, **kwargs):
        """Give it topics."""
        if create and extracted:
            self.topics.set(extracted)

    @factory.post_generation
    def people(self, create, extracted, **kwargs):
        """Give it people: pairs of role and name."""
        for role, name in extracted or []:
            SolutionPerson.objects.create(solution=self, role=role, name=name)

    @factory.post_generation
    def facet_keys(self, create, extracted, **kwargs):
        """Derive what it answers to, as every service does."""
        if create:
            facets_refresh(solution_ids=[self.pk])
            self.refresh_from_db(fields=["facet_keys"])

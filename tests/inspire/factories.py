"""Solutions to test with."""

from datetime import UTC, datetime, timedelta

import factory

from inspire.models import Solution
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

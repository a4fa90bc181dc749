"""Solutions to test with."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from inspire.models import (
    Contribution,
    ContributionAuthor,
    ImportBatch,
    Solution,
    SolutionAttachment,
    SolutionPerson,
    SolutionPhoto,
)
from inspire.services import facets_refresh
from portal.accounts.models import User
from portal.files.models import StoredFile
from portal.files.services import file_store
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import CountryFactory
from tests.portal.topics_factories import PolicyAreaFactory

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


class ContributionFactory(factory.django.DjangoModelFactory):
    """A whole draft of Argentina with one author; traits: submitted."""

    class Meta:
        model = Contribution
        skip_postgeneration_save = True

    title = factory.Sequence(lambda number: f"Huertas en las veredas {number}")
    created_by = factory.SubFactory(UserFactory)
    content = factory.LazyAttribute(lambda contribution: whole_content(contribution.title))

    class Params:
        submitted = factory.Trait(
            status=Contribution.Status.SUBMITTED, submitted_at=factory.LazyFunction(timezone.now)
        )

    @factory.post_generation
    def authors(self, create, extracted, **kwargs):
        """Let who began it write it, and others with her."""
        if create:
            for user in [self.created_by, *(extracted or [])]:
                ContributionAuthor.objects.create(contribution=self, user=user, accepted_at=timezone.now())


def whole_content(title: str = "Huertas en las veredas") -> dict[str, Any]:
    """Return what is needed to hand a contribution in."""
    return {
        "title": title,
        "summary": "Las vecinas plantan verduras en los canteros.",
        "country": CountryFactory().code,
        "areas": [PolicyAreaFactory(slug="environment-waste", name_es="Ambiente").slug],
    }


def solution_file(use: str, content: bytes, name: str, user: User | None = None) -> StoredFile:
    """Keep an upload as a form would."""
    return file_store(use=use, upload=SimpleUploadedFile(name, content), user=user)


def picture(width: int = 900, height: int = 600, kind: str = "JPEG") -> bytes:
    """Return the bytes of a picture of a size."""
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


def with_photo(solution: Solution, **fields: object) -> SolutionPhoto:
    """Give a solution a photo."""
    file = solution_file("solution-photo", picture(), "plaza.jpg")
    return SolutionPhoto.objects.create(solution=solution, file=file, **{"alt": "Una plaza", **fields})


def with_attachment(solution: Solution, **fields: object) -> SolutionAttachment:
    """Give a solution a document."""
    file = solution_file("solution-attachment", b"Ordenanza de ejemplo\n", "ordenanza.txt")
    return SolutionAttachment.objects.create(solution=solution, file=file, **{"title": "Ordenanza", **fields})


class ImportBatchFactory(factory.django.DjangoModelFactory):
    """A file that somebody brought and nobody has looked at yet."""

    class Meta:
        model = ImportBatch

    filename = factory.Sequence(lambda number: f"experiencias-{number}.csv")
    source = "pruebas"
    made_by = factory.SubFactory(UserFactory)

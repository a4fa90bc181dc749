"""She, the people and things around her, and texts of hers with a mark that nothing else has."""

from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models

from evaluate.models import Evaluation
from inspire.models import Solution
from portal.accounts.models import User
from portal.accounts.personal_data import declared_personal_fields
from portal.catalog.models import Entry
from portal.files.models import StoredFile
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version
from tests.inspire.factories import ContributionFactory, SolutionFactory
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

# Lower case, so that an address can carry it; a slug, so that a list of topics can.
MARK = "zqxmarca"
# No other row's key looks like it.
HER_KEY = 770077007700123


class Scene:
    """She, the people and things around her, and what fills each declared model."""

    def __init__(self) -> None:
        # What `row` wrote in her name: by the model and field that hold it, as far as they are texts.
        self.texts: dict[str, str] = {}
        self.town = MunicipalityFactory(name="Rafaela")
        self.other = MembershipFactory(municipality=self.town).user
        self.third = MembershipFactory().user
        self.staff = UserFactory(superuser=True)
        self.version = questionnaire_version()
        self.her = UserFactory(
            id=HER_KEY, name=f"Zoe {MARK.title()}", email=f"{MARK}@villa.example", time_zone="America/Lima"
        )
        self.membership = MembershipFactory(
            user=self.her,
            municipality=self.town,
            position=f"Directora {MARK}",
            areas=[PolicyAreaFactory(name_es="Ambiente")],
        )
        self.solution: Solution = SolutionFactory()
        self.own_check: Evaluation = personal_evaluation(self.version, user=self.her)
        self.town_check: Evaluation = municipal_evaluation(
            self.version, user=self.her, municipality=self.town
        )
        self.draft = ContributionFactory(created_by=self.her)
        # What the municipality's page shows goes on without her.
        self.entry: Entry = EntryFactory(
            title="Compost en Rafaela", people=[HER_KEY], municipality=self.town, object_id=987_654
        )

    def mark(self, what: str) -> str:
        """Return a text of hers that says where it is, so that a mark that is left can be traced."""
        return f"{MARK} {what}"

    def row(self, label: str, **given: Any) -> Any:
        """Make a row of a model, with every declared field about her that `given` does not fill."""
        model = apps.get_model(label)
        values = {
            field.name: self._hers(label, field)
            for field in model._meta.concrete_fields
            if field.name in declared_personal_fields()[label] and field.name not in given
        }
        return model.objects.create(
            **{name: value for name, value in values.items() if value is not None}, **given
        )

    def _hers(self, label: str, field: models.Field) -> Any:
        if field.related_model is User:
            return self.her
        if field.related_model is StoredFile:
            return self.file(label)
        if isinstance(field, models.JSONField):
            return {"texto": self.mark(f"{label}.{field.name}")}
        if isinstance(field, models.CharField | models.TextField) and not field.choices:
            place = f"{label}.{field.name}"
            self.texts[place] = self.mark(place)[: field.max_length or 200]
            return self.texts[place]
        return None

    def file(self, label: str) -> StoredFile:
        """Keep a file of hers whose name and content carry the mark."""
        content = self.mark(f"content of {label}").encode()
        return StoredFile.objects.create(
            use="connect-message",
            name=f"{MARK}.txt",
            content=ContentFile(content, name="x"),
            content_type="text/plain",
            size=len(content),
            sha256="0" * 64,
            uploaded_by=self.her,
        )

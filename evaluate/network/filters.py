"""Which part of the network a reader looks at; the choice stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from evaluate.models import CurrentResult, Evaluation, Questionnaire, QuestionnaireVersion
from evaluate.querysets import EvaluationQuerySet
from portal.accounts.models import Membership
from portal.places.models import Municipality
from portal.places.population_bands import BANDS, BOUNDS, band_label
from portal.topics.labels import area_labels

UNKNOWN_BAND = -1


@dataclass(frozen=True)
class Choice:
    """An option of one of the filters."""

    value: str
    label: str


@dataclass(frozen=True)
class NetworkFilter:
    """What was chosen; whatever is unknown is taken for no choice. Samples are never mixed with real ones."""

    area: str = ""
    questionnaire: str = ""
    province: str = ""
    band: int | None = None
    is_sample: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "NetworkFilter":
        """Read the parameters of an address."""
        band = query.get("tamano", "")
        return cls(
            area=_known(query.get("area", ""), area_labels()),
            questionnaire=query.get("cuestionario", "")[:80].replace("\x00", ""),
            province=query.get("provincia", "")[:13].replace("\x00", ""),
            band=int(band) if band in {str(each) for each in BANDS} else None,
            is_sample=query.get("muestra") == "1",
        )

    def query(self, **changes: str) -> str:
        """Return the address of the same page with some filters changed."""
        parameters = {
            "area": self.area,
            "cuestionario": self.questionnaire,
            "provincia": self.province,
            "tamano": self.band_value,
            "muestra": "1" if self.is_sample else "",
        }
        return f"?{urlencode({name: value for name, value in {**parameters, **changes}.items() if value})}"

    @property
    def band_value(self) -> str:
        """The size as an address writes it."""
        return "" if self.band is None else str(self.band)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out by choice."""
        return bool(self.area or self.questionnaire or self.province or self.band is not None)

    @property
    def questionnaires(self) -> QuerySet[Questionnaire]:
        """The questionnaires that are looked at."""
        found = Questionnaire.objects.all()
        if self.area:
            found = found.filter(area__slug=self.area)
        return found.filter(slug=self.questionnaire) if self.questionnaire else found

    @property
    def places(self) -> QuerySet[Municipality]:
        """The municipalities of the network that are looked at: where somebody works who uses it, or that answered."""
        members = Membership.objects.active().filter(user__is_sample=self.is_sample)
        answered = Evaluation.objects.filter(is_sample=self.is_sample, municipality__isnull=False)
        network = Municipality.objects.filter(
            Q(pk__in=members.values("municipality")) | Q(pk__in=answered.values("municipality"))
        )
        return network.filter(self._where(""))

    @property
    def results(self) -> QuerySet[CurrentResult]:
        """The results that municipalities have now."""
        results = CurrentResult.objects.filter(
            self._where("municipality__"), is_sample=self.is_sample, share__isnull=False
        )
        return results.filter(**self._questions)

    @property
    def evaluations(self) -> EvaluationQuerySet:
        """Municipalities' evaluations; a person's self-check is nobody's business."""
        evaluations: EvaluationQuerySet = Evaluation.objects.filter(
            self._where("municipality__"), municipality__isnull=False, is_sample=self.is_sample
        )
        return evaluations.filter(**self._questions)

    @property
    def _questions(self) -> dict[str, Any]:
        return {
            **({"questionnaire__area__slug": self.area} if self.area else {}),
            **({"questionnaire__slug": self.questionnaire} if self.questionnaire else {}),
        }

    def _where(self, prefix: str) -> Q:
        """Return the condition on the place, for a path to it."""
        found = Q()
        country, _dash, region = self.province.partition("-")
        if region:
            found &= Q(**{f"{prefix}country": country, f"{prefix}region_code": region})
        if self.band is not None:
            found &= band_condition(self.band, prefix)
        return found


def band_condition(band: int, prefix: str = "") -> Q:
    """Return the condition that a town is of a size."""
    least = BOUNDS[band - 1] if band else 0
    found = Q(**{f"{prefix}population__gte": least})
    return found & Q(**{f"{prefix}population__lt": BOUNDS[band]}) if band < len(BOUNDS) else found


def band_of(prefix: str = "") -> Case:
    """Return the number of a town's size in the database; -1 where the population is not known."""
    sizes = [When(band_condition(band, prefix), then=Value(band)) for band in BANDS]
    return Case(*sizes, default=Value(UNKNOWN_BAND), output_field=IntegerField())


def province_of(prefix: str = "") -> Concat:
    """Return what tells a province from those of other countries, as the filter writes it."""
    return Concat(f"{prefix}country_id", Value("-"), f"{prefix}region_code", output_field=CharField())


def band_name(band: int) -> str:
    """Say which towns a size holds."""
    return band_label(band) if band != UNKNOWN_BAND else _("Población desconocida")


def province_name(country: str, name: str) -> str:
    """Say a province's name; outside Argentina with its country."""
    shown = name or _("Sin provincia")
    return shown if country == "AR" else f"{shown} ({country})"


def choices(chosen: NetworkFilter) -> dict[str, list[Choice]]:
    """Return what the filters offer: only what the network has."""
    everywhere = NetworkFilter(is_sample=chosen.is_sample)
    provinces = everywhere.places.exclude(region_code="").values_list(
        "country_id", "region_code", "region_name"
    )
    named = {(country, code): name for country, code, name in provinces.order_by().distinct()}
    versions = QuestionnaireVersion.objects.published().without_definition().by_area()
    if chosen.area:
        versions = versions.in_areas([chosen.area])
    return {
        "areas": [Choice(slug, str(label)) for slug, label in area_labels().items()],
        "questionnaires": [Choice(version.questionnaire.slug, version.title) for version in versions],
        "provinces": sorted(
            (
                Choice(f"{country}-{code}", province_name(country, name))
                for (country, code), name in named.items()
            ),
            key=lambda choice: choice.label,
        ),
        "bands": [Choice(str(band), band_label(band)) for band in BANDS],
    }


def _known(value: str, known: Mapping[str, object]) -> str:
    return value if value in known else ""

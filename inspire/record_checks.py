"""What a solution must be before it is written: the rules for every way in, as sentences for whoever sends it."""

from dataclasses import fields, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db.models import Model
from django.utils.translation import gettext as _

from inspire.importing.plain_text import clean_line
from inspire.importing.positions import position_doubt
from inspire.models import RECOGNITION_LENGTH, TEXT_FIELDS, TITLE_LENGTH, Solution, SolutionPerson
from inspire.record import Figure, Link, Person, SolutionRecord
from inspire.record_judging import Judging, longer_than
from inspire.record_limits import (
    LANGUAGES,
    LINE_LENGTH,
    PERSON_LENGTH,
    PLACE_LENGTH,
    SOURCE_LENGTH,
    TAG_LENGTH,
    TEXT_LENGTH,
)
from portal.places.models import Country, Municipality
from portal.topics.models import PolicyArea, Topic

YEARS = range(1900, 2101)
SDGS = range(1, 18)
_LINES = {
    "title": TITLE_LENGTH,
    "place_name": PLACE_LENGTH,
    "source_name": SOURCE_LENGTH,
    "licence": SOURCE_LENGTH,
}
_CHOICES: dict[str, list[str]] = {
    "level": Solution.Level.values,
    "stage": ["", *Solution.Stage.values],
    "cost_band": ["", *Solution.CostBand.values],
    "language": list(LANGUAGES),
}
_LISTED: dict[str, type[Model]] = {"areas": PolicyArea, "topics": Topic}
# Fields that are judged by what they say together, by the record's names; any other is judged alone.
_TOGETHER = (
    {"start_year", "end_year"},
    {"country_id", "municipality_id", "latitude", "longitude", "position_precision"},
    {"language", "translations"},
)
# Where a problem is told under another name than the record's.
_TOLD_AS = {"country_id": "country", "municipality_id": "municipality"}


def record_checked(record: SolutionRecord, present: SolutionRecord | None = None) -> SolutionRecord:
    """Return a record with its texts as plain text and its lists without repetitions.

    Args:
        present: what the library says now; what stays as it is there is neither judged nor touched.

    Raises:
        ValidationError: something cannot be written so; sentences for people, by the name of the field.
    """
    return _Check(record, _unchanged(record, present) if present else frozenset()).done()


def _unchanged(record: SolutionRecord, present: SolutionRecord) -> frozenset[str]:
    """Return the fields that say the same as now, and so does whatever they are judged with."""
    names = {field.name for field in fields(record)}
    changed = {name for name in names if getattr(record, name) != getattr(present, name)}
    for together in _TOGETHER:
        if changed & together:
            changed |= together
    return frozenset(names - changed)


class _Check(Judging):
    """One record on its way through the rules; every problem is gathered before any is told."""

    def __init__(self, record: SolutionRecord, unchanged: frozenset[str]) -> None:
        super().__init__(record)
        self.unchanged = unchanged

    def done(self) -> SolutionRecord:
        """Apply all rules."""
        for rule in (
            self._key, self._texts, self._lines, self._choices, self._place, self._position, self._years,
            self._numbers, self._words, self._subjects, self._source_url, self._figures, self._links, self._people,
            self._translations,
        ):  # fmt: skip
            rule()
        for name in self.unchanged:
            self.changes.pop(name, None)
            self.errors.pop(_TOLD_AS.get(name, name), None)
        if self.errors:
            raise ValidationError({name: list(dict.fromkeys(said)) for name, said in self.errors.items()})
        return replace(self.record, **self.changes)

    def _key(self) -> None:
        try:
            validate_slug(self.record.source)
        except ValidationError:
            self.say("source", _("La colección se escribe con letras, números y guiones, sin espacios."))
        if len(self.record.source) > 60:
            self.say("source", longer_than(60))
        source_id = clean_line(self.record.source_id)
        self.changes["source_id"] = source_id
        if not source_id:
            self.say("source_id", _("Falta el identificador en la colección de origen."))
        elif len(source_id) > 120:
            self.say("source_id", longer_than(120))

    def _texts(self) -> None:
        for name in TEXT_FIELDS:
            if name != "title":
                self.changes[name] = self.text(name, getattr(self.record, name), TEXT_LENGTH)
        if not self.changes["summary"]:
            self.say("summary", _("Falta el resumen: contá en una oración qué se hizo."))

    def _lines(self) -> None:
        for name, length in _LINES.items():
            self.changes[name] = self.line(name, getattr(self.record, name), length)
        if not self.changes["title"]:
            self.say("title", _("Falta el título."))

    def _choices(self) -> None:
        for name, choices in _CHOICES.items():
            self.one_of(name, getattr(self.record, name), choices)

    def _place(self) -> None:
        self.country = Country.objects.filter(pk=self.record.country_id.upper()).first()
        if self.country is None:
            self.say("country", _("No conocemos ese país. Usá su código de dos letras, como AR."))
            return
        self.changes["country_id"] = self.country.pk
        if self.record.municipality_id is None:
            return
        town = Municipality.objects.filter(pk=self.record.municipality_id).first()
        if town is None:
            self.say(
                "municipality", _("No conocemos ese municipio. Buscá su número en /api/v1/municipalities/.")
            )
        elif town.country_id != self.country.pk:
            self.say("municipality", _("Ese municipio es de otro país."))

    def _position(self) -> None:
        latitude, longitude = self.record.latitude, self.record.longitude
        if latitude is None and longitude is None:
            self.changes["position_precision"] = ""
            return
        if latitude is None or longitude is None:
            missing = "latitude" if latitude is None else "longitude"
            self.say(
                missing,
                _("La ubicación necesita latitud y longitud: completá las dos o dejá las dos vacías."),
            )
            return
        if self.country is not None:
            doubt = position_doubt(latitude, longitude, self.country)
            if doubt:
                self.say("latitude", doubt)
        precision = self.record.position_precision or Solution.PositionPrecision.EXACT
        self.one_of("position_precision", precision, Solution.PositionPrecision.values)
        self.changes["position_precision"] = str(precision)

    def _years(self) -> None:
        for name in ("start_year", "end_year"):
            year = getattr(self.record, name)
            if year is not None and year not in YEARS:
                self.say(name, _("El año tiene que estar entre 1900 y 2100."))
        start, end = self.record.start_year, self.record.end_year
        if start is not None and end is not None and end < start:
            self.say("end_year", _("El año de fin no puede ser anterior al de inicio."))

    def _numbers(self) -> None:
        if set(self.record.sdgs) - set(SDGS):
            self.say("sdgs", _("Los Objetivos de Desarrollo Sostenible van del 1 al 17."))
        self.changes["sdgs"] = sorted(set(self.record.sdgs))

    def _words(self) -> None:
        for name, length in (("tags", TAG_LENGTH), ("recognitions", RECOGNITION_LENGTH)):
            words = [self.line(name, word, length) for word in getattr(self.record, name)]
            self.changes[name] = list(dict.fromkeys(filter(None, words)))
            self.count(name, words)

    def _subjects(self) -> None:
        for name, model in _LISTED.items():
            wanted = list(dict.fromkeys(getattr(self.record, name)))
            known = set(model._default_manager.filter(slug__in=wanted).values_list("slug", flat=True))
            self.changes[name] = wanted
            for slug in wanted:
                if slug not in known:
                    self.say(
                        name,
                        _("No conocemos «%(slug)s». Están todos en /api/v1/policy-areas/.")
                        % {"slug": slug[:60]},
                    )
        if not self.record.areas:
            self.say("areas", _("Falta al menos un área de gestión."))

    def _source_url(self) -> None:
        self.changes["source_url"] = (
            self.url("source_url", self.record.source_url) if self.record.source_url else ""
        )

    def _figures(self) -> None:
        self.changes["figures"] = figures = [self._figure(figure) for figure in self.record.figures]
        self.count("figures", figures)

    def _figure(self, figure: Figure) -> Figure:
        clean = Figure(**self.parts("figures", figure))
        if not clean.indicator:
            self.say("figures", _("Una cifra necesita decir qué se midió (indicator)."))
        elif not (clean.before or clean.after):
            self.say(
                "figures",
                _("A la cifra «%(name)s» le falta el valor (before o after).") % {"name": clean.indicator},
            )
        return clean

    def _links(self) -> None:
        links = []
        for link in self.record.links:
            url = self.url("links", link.url)
            links.append(Link(self.line("links", link.label, LINE_LENGTH) or url[:LINE_LENGTH], url))
        self.changes["links"] = links
        self.count("links", links)

    def _people(self) -> None:
        if self.record.people is None:
            return
        self.changes["people"] = people = [self._person(person) for person in self.record.people]
        self.count("people", people)

    def _person(self, person: Person) -> Person:
        clean = Person(**self.parts("people", person, PERSON_LENGTH), user_id=person.user_id)
        if not clean.name:
            self.say("people", _("Falta el nombre de una persona."))
        self.one_of("people", clean.role, SolutionPerson.Role.values)
        if any(_holds_address(text) for text in (clean.name, clean.position, clean.organisation)):
            self.say("people", _("No pongas direcciones de correo: el portal no las muestra."))
        return clean

    def _translations(self) -> None:
        clean: dict[str, Any] = {}
        for language, texts in self.record.translations.items():
            if language not in LANGUAGES or language == self.record.language:
                self.say(
                    "translations",
                    _("«%(code)s» no es un idioma al que se pueda traducir.") % {"code": language[:10]},
                )
            elif set(texts) - {*TEXT_FIELDS, "figures"}:
                self.say(
                    "translations",
                    _("Una traducción tiene los mismos textos que el original: title, summary…"),
                )
            else:
                clean[language] = self._translation(texts)
        self.changes["translations"] = clean

    def _translation(self, texts: dict[str, Any]) -> dict[str, Any]:
        clean: dict[str, Any] = {}
        for name, value in texts.items():
            if name == "figures":
                clean[name] = [self.parts("translations", Figure(**figure)) for figure in value]
            elif name == "title":
                clean[name] = self.line("translations", value, TITLE_LENGTH)
            else:
                clean[name] = self.text("translations", value, TEXT_LENGTH)
        return {name: value for name, value in clean.items() if value}


def _holds_address(text: str) -> bool:
    for word in text.split():
        try:
            validate_email(word.strip("<>(),;"))
        except ValidationError:
            continue
        return True
    return False

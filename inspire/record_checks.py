"""What a solution must be before it is written: the rules for every way in, as sentences for whoever sends it."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email, validate_slug
from django.db.models import Model
from django.utils.translation import gettext as _

from inspire.importing.plain_text import clean_line, clean_text
from inspire.importing.positions import position_doubt
from inspire.models import RECOGNITION_LENGTH, TEXT_FIELDS, TITLE_LENGTH, Solution, SolutionPerson
from inspire.record import Figure, Link, Person, SolutionRecord
from portal.places.models import Country, Municipality
from portal.topics.models import PolicyArea, Topic

TEXT_LENGTH = 100_000
LINE_LENGTH = 300
MOST_ITEMS = 50
URL_LENGTH = 2000
YEARS = range(1900, 2101)
SDGS = range(1, 18)
LANGUAGES = ("es", "en", "pt", "fr")
_LINES = {"title": TITLE_LENGTH, "place_name": 150, "source_name": 200, "licence": 200}
_CHOICES: dict[str, list[str]] = {
    "level": Solution.Level.values,
    "stage": ["", *Solution.Stage.values],
    "cost_band": ["", *Solution.CostBand.values],
    "language": list(LANGUAGES),
}
_LISTED: dict[str, type[Model]] = {"areas": PolicyArea, "topics": Topic}
_is_url = URLValidator(schemes=["http", "https"])


def record_checked(record: SolutionRecord) -> SolutionRecord:
    """Return a record with its texts as plain text and its lists without repetitions.

    Raises:
        ValidationError: something cannot be written so; sentences for people, by the name of the field.
    """
    return _Check(record).done()


class _Check:
    """One record on its way through the rules; every problem is gathered before any is told."""

    def __init__(self, record: SolutionRecord) -> None:
        self.record = record
        self.changes: dict[str, Any] = {}
        self.errors: dict[str, list[str]] = {}

    def done(self) -> SolutionRecord:
        """Apply all rules."""
        for rule in (
            self._key, self._texts, self._lines, self._choices, self._place, self._position, self._years,
            self._numbers, self._words, self._subjects, self._source_url, self._figures, self._links, self._people,
            self._translations,
        ):  # fmt: skip
            rule()
        if self.errors:
            raise ValidationError({name: list(dict.fromkeys(said)) for name, said in self.errors.items()})
        return replace(self.record, **self.changes)

    def _say(self, field: str, sentence: str) -> None:
        self.errors.setdefault(field, []).append(sentence)

    def _key(self) -> None:
        try:
            validate_slug(self.record.source)
        except ValidationError:
            self._say("source", _("La colección se escribe con letras, números y guiones, sin espacios."))
        if len(self.record.source) > 60:
            self._say("source", _longer_than(60))
        source_id = clean_line(self.record.source_id)
        self.changes["source_id"] = source_id
        if not source_id:
            self._say("source_id", _("Falta el identificador en la colección de origen."))
        elif len(source_id) > 120:
            self._say("source_id", _longer_than(120))

    def _texts(self) -> None:
        for name in TEXT_FIELDS:
            if name != "title":
                self.changes[name] = self._text(name, getattr(self.record, name), TEXT_LENGTH)
        if not self.changes["summary"]:
            self._say("summary", _("Falta el resumen: contá en una oración qué se hizo."))

    def _text(self, field: str, text: str, length: int) -> str:
        clean = clean_text(text)
        if len(clean) > length:
            self._say(field, _longer_than(length))
        return clean

    def _line(self, field: str, text: str, length: int) -> str:
        clean = clean_line(text)
        if len(clean) > length:
            self._say(field, _longer_than(length))
        return clean

    def _lines(self) -> None:
        for name, length in _LINES.items():
            self.changes[name] = self._line(name, getattr(self.record, name), length)
        if not self.changes["title"]:
            self._say("title", _("Falta el título."))

    def _choices(self) -> None:
        for name, choices in _CHOICES.items():
            self._one_of(name, getattr(self.record, name), choices)

    def _one_of(self, field: str, value: str, choices: Iterable[str]) -> None:
        if value not in choices:
            known = ", ".join(filter(None, choices))
            self._say(
                field,
                _("«%(value)s» no es una de las opciones: %(known)s.")
                % {"value": value[:60], "known": known},
            )

    def _place(self) -> None:
        self.country = Country.objects.filter(pk=self.record.country_id.upper()).first()
        if self.country is None:
            self._say("country", _("No conocemos ese país. Usá su código de dos letras, como AR."))
            return
        self.changes["country_id"] = self.country.pk
        if self.record.municipality_id is None:
            return
        town = Municipality.objects.filter(pk=self.record.municipality_id).first()
        if town is None:
            self._say(
                "municipality", _("No conocemos ese municipio. Buscá su número en /api/v1/municipalities/.")
            )
        elif town.country_id != self.country.pk:
            self._say("municipality", _("Ese municipio es de otro país."))

    def _position(self) -> None:
        latitude, longitude = self.record.latitude, self.record.longitude
        if latitude is None and longitude is None:
            self.changes["position_precision"] = ""
            return
        if latitude is None or longitude is None:
            missing = "latitude" if latitude is None else "longitude"
            self._say(
                missing,
                _("La ubicación necesita latitud y longitud: completá las dos o dejá las dos vacías."),
            )
            return
        if self.country is not None:
            doubt = position_doubt(latitude, longitude, self.country)
            if doubt:
                self._say("latitude", doubt)
        precision = self.record.position_precision or Solution.PositionPrecision.EXACT
        self._one_of("position_precision", precision, Solution.PositionPrecision.values)
        self.changes["position_precision"] = str(precision)

    def _years(self) -> None:
        for name in ("start_year", "end_year"):
            year = getattr(self.record, name)
            if year is not None and year not in YEARS:
                self._say(name, _("El año tiene que estar entre 1900 y 2100."))
        start, end = self.record.start_year, self.record.end_year
        if start is not None and end is not None and end < start:
            self._say("end_year", _("El año de fin no puede ser anterior al de inicio."))

    def _numbers(self) -> None:
        if set(self.record.sdgs) - set(SDGS):
            self._say("sdgs", _("Los Objetivos de Desarrollo Sostenible van del 1 al 17."))
        self.changes["sdgs"] = sorted(set(self.record.sdgs))

    def _words(self) -> None:
        for name, length in (("tags", 60), ("recognitions", RECOGNITION_LENGTH)):
            words = [self._line(name, word, length) for word in getattr(self.record, name)]
            self.changes[name] = list(dict.fromkeys(filter(None, words)))
            self._count(name, words)

    def _count(self, field: str, items: Iterable[Any]) -> None:
        if len(list(items)) > MOST_ITEMS:
            self._say(field, _("Son más de %(most)s: dejá los más importantes.") % {"most": MOST_ITEMS})

    def _subjects(self) -> None:
        for name, model in _LISTED.items():
            wanted = list(dict.fromkeys(getattr(self.record, name)))
            known = set(model._default_manager.filter(slug__in=wanted).values_list("slug", flat=True))
            self.changes[name] = wanted
            for slug in wanted:
                if slug not in known:
                    self._say(
                        name,
                        _("No conocemos «%(slug)s». Están todos en /api/v1/policy-areas/.")
                        % {"slug": slug[:60]},
                    )
        if not self.record.areas:
            self._say("areas", _("Falta al menos un área de gestión."))

    def _source_url(self) -> None:
        self.changes["source_url"] = (
            self._url("source_url", self.record.source_url) if self.record.source_url else ""
        )

    def _url(self, field: str, url: str) -> str:
        try:
            _is_url(url.strip())
        except ValidationError:
            self._say(
                field,
                _("«%(url)s» no es una dirección web que empiece con http:// o https://.")
                % {"url": url[:60]},
            )
        if len(url) > URL_LENGTH:
            self._say(field, _longer_than(URL_LENGTH))
        return url.strip()

    def _figures(self) -> None:
        self.changes["figures"] = figures = [self._figure(figure) for figure in self.record.figures]
        self._count("figures", figures)

    def _figure(self, figure: Figure) -> Figure:
        clean = Figure(**self._parts("figures", figure))
        if not clean.indicator:
            self._say("figures", _("Una cifra necesita decir qué se midió (indicator)."))
        elif not (clean.before or clean.after):
            self._say(
                "figures",
                _("A la cifra «%(name)s» le falta el valor (before o after).") % {"name": clean.indicator},
            )
        return clean

    def _links(self) -> None:
        links = []
        for link in self.record.links:
            url = self._url("links", link.url)
            links.append(Link(self._line("links", link.label, LINE_LENGTH) or url[:LINE_LENGTH], url))
        self.changes["links"] = links
        self._count("links", links)

    def _people(self) -> None:
        if self.record.people is None:
            return
        self.changes["people"] = people = [self._person(person) for person in self.record.people]
        self._count("people", people)

    def _person(self, person: Person) -> Person:
        clean = Person(**self._parts("people", person, 150), user_id=person.user_id)
        if not clean.name:
            self._say("people", _("Falta el nombre de una persona."))
        self._one_of("people", clean.role, SolutionPerson.Role.values)
        if any(_holds_address(text) for text in (clean.name, clean.position, clean.organisation)):
            self._say("people", _("No pongas direcciones de correo: el portal no las muestra."))
        return clean

    def _parts(self, field: str, value: Any, length: int = LINE_LENGTH) -> dict[str, str]:
        return {
            part.name: self._line(field, getattr(value, part.name), length)
            for part in fields(value)
            if part.name != "user_id"
        }

    def _translations(self) -> None:
        clean: dict[str, Any] = {}
        for language, texts in self.record.translations.items():
            if language not in LANGUAGES or language == self.record.language:
                self._say(
                    "translations",
                    _("«%(code)s» no es un idioma al que se pueda traducir.") % {"code": language[:10]},
                )
            elif set(texts) - {*TEXT_FIELDS, "figures"}:
                self._say(
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
                clean[name] = [self._parts("translations", Figure(**figure)) for figure in value]
            elif name == "title":
                clean[name] = self._line("translations", value, TITLE_LENGTH)
            else:
                clean[name] = self._text("translations", value, TEXT_LENGTH)
        return {name: value for name, value in clean.items() if value}


def _longer_than(length: int) -> str:
    return _("Es demasiado largo: entran %(length)s caracteres.") % {"length": length}


def _holds_address(text: str) -> bool:
    for word in text.split():
        try:
            validate_email(word.strip("<>(),;"))
        except ValidationError:
            continue
        return True
    return False

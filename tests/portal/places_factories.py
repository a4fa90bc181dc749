"""Countries and municipalities to test with."""

import factory

from portal.places.models import Country, Municipality, MunicipalityCode


class CountryFactory(factory.django.DjangoModelFactory):
    """Argentina, unless told otherwise; the same row when made twice."""

    class Meta:
        model = Country
        django_get_or_create = ["code"]

    code = "AR"
    name_es = factory.LazyAttribute(lambda country: {"AR": "Argentina"}.get(country.code, country.code))
    name_en = factory.SelfAttribute("name_es")
    name_pt = factory.SelfAttribute("name_es")
    continent = "SA"
    south = factory.LazyAttribute(lambda country: -55.04 if country.code == "AR" else None)
    north = factory.LazyAttribute(lambda country: -21.8 if country.code == "AR" else None)
    west = factory.LazyAttribute(lambda country: -73.58 if country.code == "AR" else None)
    east = factory.LazyAttribute(lambda country: -53.66 if country.code == "AR" else None)


class MunicipalityFactory(factory.django.DjangoModelFactory):
    """A town of 20,000 in the province of Buenos Aires."""

    class Meta:
        model = Municipality

    country = factory.SubFactory(CountryFactory)
    name = factory.Sequence(lambda number: f"Villa {number}")
    region_code = "06"
    region_name = "Buenos Aires"
    category = "Municipio"
    latitude = -36.0
    longitude = -60.0
    population = 20_000
    population_year = 2022


class MunicipalityCodeFactory(factory.django.DjangoModelFactory):
    """The code that INDEC gives a town."""

    class Meta:
        model = MunicipalityCode

    municipality = factory.SubFactory(MunicipalityFactory)
    source = "indec"
    code = factory.Sequence(lambda number: f"06{number:04d}")

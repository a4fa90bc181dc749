"""Which columns of a register hold what."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.core.tabular import Table, TableError

TITLES = {
    "code": (
        "cod_gl_res144_indec", "codigo_de_gobierno_local", "codigo_gobierno_local", "cod_gobierno_local",
        "codigo_indec", "cod_indec", "codigo_municipio", "codigo_de_municipio", "cod_municipal", "id_municipal",
        "codigo", "cod", "code", "id",
    ),
    "other_code": ("id_indec_2022", "otro_codigo", "codigo_anterior", "codigo_alternativo"),
    "name": (
        "nombre_del_gobierno_local", "gobierno_local", "nombre_del_municipio", "nombre_municipio", "municipio",
        "municipality", "nombre", "name",
    ),
    "region_code": (
        "provincia_id", "codigo_de_jurisdiccion", "codigo_provincia", "codigo_de_provincia", "cod_provincia",
        "id_provincia", "region_code", "cod_departamental",
    ),
    "region_name": ("provincia", "jurisdiccion", "nombre_provincia", "region", "estado", "state", "province"),
    "department": ("departamento", "partido", "nombre_departamento", "department"),
    "category": ("categoria", "categoria_de_gobierno", "category", "tipo"),
    "category_code": ("categoria_indec",),
    "latitude": ("lat", "latitud", "latitude"),
    "longitude": ("lon", "lng", "long", "longitud", "longitude"),
    "website": ("sitio_web", "pagina_web", "web", "website", "url"),
}  # fmt: skip
EXPECTED_TITLES = tuple(title for titles in TITLES.values() for title in titles)
# "Población", "Población 2022", "poblacion_censo_2010"; not "Población en viviendas colectivas".
POPULATION = re.compile(
    r"(?:poblacion|population|pob|habitantes)(?:_(?:total|censo|de|ano|anio))*(?:_(\d{4}))?"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class RegisterColumns:
    """The names of the columns that a register has; None for those that it has not.

    Args:
        populations: columns of population with the year of each, newest first; None where no year is told.
    """

    code: str
    name: str
    other_code: str | None
    region_code: str | None
    region_name: str | None
    department: str | None
    category: str | None
    category_code: str | None
    latitude: str | None
    longitude: str | None
    website: str | None
    populations: tuple[tuple[int | None, str], ...]


def find_columns(table: Table) -> RegisterColumns:
    """Find a register's columns by their titles, whatever their order, capitals and accents.

    Raises:
        TableError: there is no column for the code, the name or the province.
    """
    found = {field: table.find(titles) for field, titles in TITLES.items()}
    code, name = found.pop("code"), found.pop("name")
    missing = [
        label
        for label, is_missing in (
            (_("código"), code is None),
            (_("nombre"), name is None),
            (_("provincia o región"), not (found["region_code"] or found["region_name"])),
        )
        if is_missing
    ]
    if code is None or name is None or missing:
        raise TableError(
            _(
                "Falta la columna de %(missing)s. Las columnas que encontramos son: %(titles)s. Poné los títulos en "
                "una sola fila, encima de los datos, y volvé a importar."
            )
            % {"missing": ", ".join(missing), "titles": ", ".join(filter(None, table.titles))}
        )
    return RegisterColumns(code=code, name=name, **found, populations=_populations(table))


def _populations(table: Table) -> tuple[tuple[int | None, str], ...]:
    """Return the population columns; one without a year is of the only year named above the table."""
    years = {int(year) for text in table.preamble for year in YEAR.findall(text)}
    only_year = years.pop() if len(years) == 1 else None
    matches = [(POPULATION.fullmatch(name), name) for name in table.header]
    columns = [(int(found[1]) if found[1] else only_year, name) for found, name in matches if found]
    return tuple(sorted(columns, key=lambda column: column[0] or 0, reverse=True))

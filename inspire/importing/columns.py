"""Which column of a file holds what, by the titles that people give their columns."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.core.tabular import Table, TableError

NAMES: dict[str, tuple[str, ...]] = {
    "source": ("source", "fuente", "origen", "coleccion", "collection"),
    "source_id": ("source_id", "id", "identificador", "codigo", "code", "fuente_id"),
    "title": ("title", "titulo", "nombre", "name", "experiencia", "solucion", "proyecto"),
    "summary": ("summary", "resumen", "bajada", "resumo"),
    "description": ("description", "descripcion", "que_se_hizo", "what_was_done", "detalle", "descricao"),
    "results": ("results", "resultados", "que_se_logro", "logros"),
    "city": ("city", "ciudad", "place", "lugar", "municipio", "localidad", "municipality", "cidade"),
    "region": ("region", "provincia", "province", "departamento", "state"),
    "country": ("country", "pais", "country_code", "codigo_de_pais"),
    "lat": ("lat", "latitude", "latitud"),
    "lon": ("lon", "lng", "long", "longitude", "longitud"),
    "year": ("year", "ano", "anio", "start_year", "ano_de_inicio", "fecha", "date"),
    "topic": ("topic", "tema", "area", "categoria", "category", "theme", "eje"),
    "language": ("language", "idioma", "lang", "lengua"),
    "level": ("level", "nivel", "nivel_de_gobierno"),
    "url": ("url", "link", "enlace", "source_url", "web", "sitio_web"),
    "source_name": ("source_name", "nombre_de_la_fuente", "fuente_nombre"),
    "licence": ("licence", "license", "licencia", "licenca"),
}
ALL_NAMES = frozenset(name for names in NAMES.values() for name in names)
_REQUIRED = ("source_id", "title", "country")


@dataclass(frozen=True)
class Columns:
    """Where each field stands in a file.

    Args:
        places: for each field that the file has, the place of its column.
        names: for each of them, the column's name, for messages.
    """

    places: dict[str, int]
    names: dict[str, str]

    def name_of(self, field: str) -> str:
        """Return the file's own name of a field's column; the field's when it has none."""
        return self.names.get(field, field)


def find_columns(table: Table, *, has_source: bool) -> Columns:
    """Find the columns of a file of solutions.

    Args:
        has_source: whether the source is named by other means than a column.

    Raises:
        TableError: one without which no row can be used is missing.
    """
    found: dict[str, str] = {}
    for field, synonyms in NAMES.items():
        name = table.find(synonym for synonym in synonyms if synonym not in found.values())
        if name is not None:
            found[field] = name
    required = _REQUIRED if has_source else ("source", *_REQUIRED)
    missing = [field for field in required if field not in found]
    if missing:
        raise TableError(_missing(missing))
    return Columns({field: table.header.index(name) for field, name in found.items()}, found)


def _missing(fields: list[str]) -> str:
    titles = ", ".join(f"«{' / '.join(NAMES[field][:2])}»" for field in fields)
    return _(
        "Al archivo le faltan columnas: %(titles)s. Sin ellas no se puede saber qué es cada fila ni reconocerla la "
        "próxima vez. Agregalas (con ese título en la primera fila) y volvé a importar."
    ) % {"titles": titles}

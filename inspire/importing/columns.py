"""Which column of a file holds what, by the titles that people give their columns or by what staff chose."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.tabular import Table, TableError

# The names of an export's columns come first; see `inspire.exporting.columns`.
NAMES: dict[str, tuple[str, ...]] = {
    "source": ("source", "fuente", "origen", "coleccion", "collection"),
    "source_id": ("source_id", "id", "identificador", "codigo", "code", "fuente_id"),
    "title": ("title", "titulo", "nombre", "name", "experiencia", "solucion", "proyecto"),
    "summary": ("summary", "resumen", "bajada", "resumo"),
    "problem": ("problem", "problema", "el_problema", "desafio", "necesidad"),
    "description": ("description", "descripcion", "que_se_hizo", "what_was_done", "detalle", "descricao"),
    "results": ("results", "resultados", "que_se_logro", "logros"),
    "figures": ("figures", "cifras", "indicadores", "metricas"),
    "what_failed": ("what_failed", "que_no_funciono", "dificultades", "obstaculos"),
    "conditions": ("conditions", "condiciones", "requisitos"),
    "lessons": ("lessons", "lecciones", "aprendizajes", "que_se_aprendio"),
    "novelty": ("novelty", "novedad", "innovacion", "que_tiene_de_nuevo"),
    "partners": ("partners", "socios", "aliados", "con_quienes", "organizaciones"),
    "beneficiaries": ("beneficiaries", "beneficiarios", "destinatarios", "para_quienes"),
    "cost_band": ("cost_band", "costo", "presupuesto", "cost"),
    "funding": ("funding", "financiamiento", "quien_lo_pago", "fondos"),
    "country": ("country", "pais", "country_code", "codigo_de_pais"),
    "region": ("region", "provincia", "province", "departamento", "state"),
    "city": ("city", "ciudad", "place", "lugar", "municipio", "localidad", "municipality", "cidade"),
    "municipality": ("municipality", "municipality_id", "id_de_municipio"),
    "lat": ("lat", "latitude", "latitud"),
    "lon": ("lon", "lng", "long", "longitude", "longitud"),
    "position_precision": ("position_precision", "precision", "precision_de_la_ubicacion"),
    "level": ("level", "nivel", "nivel_de_gobierno"),
    "stage": ("stage", "etapa", "estado"),
    "year": ("year", "ano", "anio", "start_year", "ano_de_inicio", "fecha", "date"),
    "end_year": ("end_year", "ano_de_fin", "anio_de_fin", "hasta"),
    "areas": ("areas", "areas_de_gestion", "area_de_gestion"),
    "topics": ("topics", "temas", "subtemas"),
    "topic": ("topic", "tema", "area", "categoria", "category", "theme", "eje"),
    "tags": ("tags", "palabras_clave", "etiquetas", "keywords"),
    "sdgs": ("sdgs", "ods", "sdg", "objetivos_de_desarrollo_sostenible"),
    "recognitions": ("recognitions", "premios", "reconocimientos", "awards"),
    "links": ("links", "enlaces", "vinculos"),
    "people": ("people", "personas", "responsables"),
    "contact": ("contact", "contacto", "persona_de_contacto"),
    "language": ("language", "idioma", "lang", "lengua"),
    "translations": ("translations", "traducciones"),
    "source_name": ("source_name", "nombre_de_la_fuente", "fuente_nombre"),
    "url": ("url", "link", "enlace", "source_url", "web", "sitio_web"),
    "licence": ("licence", "license", "licencia", "licenca"),
    "is_sample": ("is_sample", "es_muestra", "muestra"),
}
ALL_NAMES = frozenset(name for names in NAMES.values() for name in names)
LABELS: dict[str, str | Promise] = {
    "source": gettext_lazy("Colección de origen"),
    "source_id": gettext_lazy("Identificador en el origen"),
    "title": gettext_lazy("Título"),
    "summary": gettext_lazy("Resumen"),
    "problem": gettext_lazy("El problema"),
    "description": gettext_lazy("Qué se hizo"),
    "results": gettext_lazy("Qué se logró"),
    "figures": gettext_lazy("Cifras"),
    "what_failed": gettext_lazy("Qué no funcionó"),
    "conditions": gettext_lazy("Condiciones para que funcione"),
    "lessons": gettext_lazy("Qué se aprendió"),
    "novelty": gettext_lazy("Qué tiene de nuevo"),
    "partners": gettext_lazy("Con quiénes se hizo"),
    "beneficiaries": gettext_lazy("Para quiénes es"),
    "cost_band": gettext_lazy("Costo"),
    "funding": gettext_lazy("Quién lo pagó"),
    "country": gettext_lazy("País"),
    "region": gettext_lazy("Provincia o región"),
    "city": gettext_lazy("Ciudad o lugar"),
    "municipality": gettext_lazy("Número del municipio en el portal"),
    "lat": gettext_lazy("Latitud"),
    "lon": gettext_lazy("Longitud"),
    "position_precision": gettext_lazy("Precisión de la ubicación"),
    "level": gettext_lazy("Nivel de gobierno"),
    "stage": gettext_lazy("Etapa"),
    "year": gettext_lazy("Año de inicio"),
    "end_year": gettext_lazy("Año de fin"),
    "areas": gettext_lazy("Áreas de gestión"),
    "topics": gettext_lazy("Temas del portal"),
    "topic": gettext_lazy("Tema según la fuente"),
    "tags": gettext_lazy("Palabras clave"),
    "sdgs": gettext_lazy("ODS"),
    "recognitions": gettext_lazy("Premios y reconocimientos"),
    "links": gettext_lazy("Enlaces"),
    "people": gettext_lazy("Personas"),
    "contact": gettext_lazy("Quién responde consultas"),
    "language": gettext_lazy("Idioma"),
    "translations": gettext_lazy("Traducciones"),
    "source_name": gettext_lazy("Nombre de la fuente"),
    "url": gettext_lazy("Enlace a la fuente"),
    "licence": gettext_lazy("Licencia"),
    "is_sample": gettext_lazy("Es una muestra"),
}
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


def recognised_columns(header: tuple[str, ...]) -> dict[str, str]:
    """Return for each field the name of the column that its title speaks for; no column twice."""
    found: dict[str, str] = {}
    for field, synonyms in NAMES.items():
        taken = found.values()
        name = next((name for name in synonyms if name in header and name not in taken), None)
        if name is not None:
            found[field] = name
    return found


def find_columns(table: Table, *, has_source: bool) -> Columns:
    """Find the columns of a file of solutions by their titles.

    Args:
        has_source: whether the source is named by other means than a column.

    Raises:
        TableError: one without which no row can be used is missing.
    """
    return chosen_columns(table, recognised_columns(table.header), has_source=has_source)


def chosen_columns(table: Table, names: Mapping[str, str], *, has_source: bool) -> Columns:
    """Return the columns that somebody chose: for each field the name of one in the file.

    Raises:
        TableError: one without which no row can be used is missing.
    """
    found = {field: name for field, name in names.items() if name in table.header and field in NAMES}
    missing = missing_fields(found, has_source=has_source)
    if missing:
        raise TableError(_missing(missing))
    return Columns({field: table.header.index(name) for field, name in found.items()}, found)


def missing_fields(names: Mapping[str, str], *, has_source: bool) -> list[str]:
    """Return the fields without which no row can be used and that no column was found for."""
    required = _REQUIRED if has_source else ("source", *_REQUIRED)
    return [field for field in required if field not in names]


def _missing(fields: list[str]) -> str:
    titles = ", ".join(f"«{' / '.join(NAMES[field][:2])}»" for field in fields)
    return _(
        "Al archivo le faltan columnas: %(titles)s. Sin ellas no se puede saber qué es cada fila ni reconocerla la "
        "próxima vez. Agregalas (con ese título en la primera fila) y volvé a importar."
    ) % {"titles": titles}

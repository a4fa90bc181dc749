"""Words of other people's files for what the portal has a list of."""

from functools import lru_cache

from portal.places.names import normalise_name

_LANGUAGES = {
    "es": "es", "espanol": "es", "castellano": "es", "spanish": "es", "spa": "es",
    "en": "en", "ingles": "en", "english": "en", "eng": "en",
    "pt": "pt", "portugues": "pt", "portuguese": "pt", "por": "pt",
    "fr": "fr", "frances": "fr", "french": "fr", "francais": "fr", "fra": "fr",
}  # fmt: skip
_LEVELS = {
    "local": "local", "municipal": "local", "municipio": "local", "city": "local", "ciudad": "local",
    "gobierno local": "local",
    "regional": "regional", "provincial": "regional", "estadual": "regional", "state": "regional",
    "gobierno provincial o regional": "regional",
    "nacional": "national", "national": "national", "federal": "national",
    "gobierno nacional con gobiernos locales": "national",
}  # fmt: skip
_STAGES = {
    "idea": "idea", "propuesta": "idea", "proyecto": "idea", "planned": "idea",
    "pilot": "pilot", "piloto": "pilot", "prueba piloto": "pilot", "prueba": "pilot",
    "running": "running", "en marcha": "running", "en ejecucion": "running", "en curso": "running",
    "activo": "running", "activa": "running", "implementada": "running", "implementado": "running",
    "scaled": "scaled", "ampliada a otros lugares": "scaled", "ampliada": "scaled", "escalada": "scaled",
    "ended": "ended", "terminada": "ended", "terminado": "ended", "finalizada": "ended", "finalizado": "ended",
}  # fmt: skip
_COST_BANDS = {
    "none": "none", "sin gasto propio": "none", "sin costo": "none", "gratis": "none",
    "low": "low", "bajo": "low", "menos de 10 000 dolares": "low",
    "medium": "medium", "medio": "medium", "de 10 000 a 100 000 dolares": "medium",
    "high": "high", "alto": "high", "de 100 000 a 1 millon de dolares": "high",
    "very high": "very_high", "muy alto": "very_high", "mas de 1 millon de dolares": "very_high",
}  # fmt: skip
_PRECISIONS = {
    "exact": "exact", "exacta": "exact", "place": "place", "ciudad": "place", "localidad": "place",
    "country": "country", "pais": "country",
}  # fmt: skip
_ROLES = {
    "author": "author", "autor": "author", "autora": "author", "lo cuenta": "author",
    "implementer": "implementer", "responsable": "implementer", "lo llevo adelante": "implementer",
    "contact": "contact", "contacto": "contact", "responde consultas": "contact",
}  # fmt: skip
_YES = {"si", "yes", "sim", "true", "1", "x", "verdadero"}
CHOICES = {
    "language": _LANGUAGES,
    "level": _LEVELS,
    "stage": _STAGES,
    "cost_band": _COST_BANDS,
    "position_precision": _PRECISIONS,
    "role": _ROLES,
}


@lru_cache(maxsize=4096)
def choice(field: str, text: str) -> str:
    """Return what a word means in one of the portal's lists; "" when it is not known."""
    words = normalise_name(text)
    known = CHOICES[field]
    return known.get(words) or known.get(words.partition(" ")[0], "") if words else ""


@lru_cache(maxsize=64)
def is_yes(text: str) -> bool:
    """Say whether a cell says yes."""
    return normalise_name(text) in _YES

"""The provinces of Argentina, under the names and codes that INDEC gives them and the ones that others use."""

from dataclasses import dataclass
from functools import lru_cache

from portal.places.names import normalise_name


@dataclass(frozen=True)
class Province:
    """A province (or the autonomous city) of Argentina.

    Args:
        code: INDEC's code, with which the codes of its local governments begin.
        name: the official name.
        geonames_code: GeoNames' own number, which is neither INDEC's nor ISO's.
        short_names: what registers write instead of the official name.
    """

    code: str
    name: str
    geonames_code: str
    short_names: tuple[str, ...] = ()


PROVINCES = (
    Province("02", "Ciudad Autónoma de Buenos Aires", "07", ("CABA", "Capital Federal", "Ciudad de Buenos Aires")),
    Province("06", "Buenos Aires", "01", ("Provincia de Buenos Aires",)),
    Province("10", "Catamarca", "02"),
    Province("14", "Córdoba", "05"),
    Province("18", "Corrientes", "06"),
    Province("22", "Chaco", "03"),
    Province("26", "Chubut", "04"),
    Province("30", "Entre Ríos", "08"),
    Province("34", "Formosa", "09"),
    Province("38", "Jujuy", "10"),
    Province("42", "La Pampa", "11"),
    Province("46", "La Rioja", "12"),
    Province("50", "Mendoza", "13"),
    Province("54", "Misiones", "14"),
    Province("58", "Neuquén", "15"),
    Province("62", "Río Negro", "16"),
    Province("66", "Salta", "17"),
    Province("70", "San Juan", "18"),
    Province("74", "San Luis", "19"),
    Province("78", "Santa Cruz", "20"),
    Province("82", "Santa Fe", "21", ("Santa Fé",)),
    Province("86", "Santiago del Estero", "22"),
    Province("90", "Tucumán", "24"),
    Province("94", "Tierra del Fuego, Antártida e Islas del Atlántico Sur", "23", ("Tierra del Fuego",)),
)  # fmt: skip

PROVINCES_BY_CODE = {province.code: province for province in PROVINCES}
PROVINCES_BY_GEONAMES_CODE = {province.geonames_code: province for province in PROVINCES}
_BY_NAME = {
    normalise_name(name): province
    for province in PROVINCES
    for name in (province.name, *province.short_names)
}


@lru_cache(maxsize=1024)
def find_province(name: str) -> Province | None:
    """Return the province that a register means by a name, spelled out or in short; None when there is no such."""
    plain = normalise_name(name)
    if plain in _BY_NAME:
        return _BY_NAME[plain]
    # INDEC's workbooks run words together in this long one ("Antártida eIslas").
    return PROVINCES_BY_CODE["94"] if plain.startswith("tierra del fuego") else None

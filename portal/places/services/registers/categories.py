"""One spelling for each category of local government."""

from functools import lru_cache

from portal.places.names import normalise_name

# Categories of Argentina's provinces, under the short codes of INDEC (Censo 2022, "Definiciones").
CATEGORIES = {
    "MU": "Municipio",
    "M1": "Municipio de primera categoría",
    "M2": "Municipio de segunda categoría",
    "M3": "Municipio de tercera categoría",
    "CO": "Comuna",
    "CO1": "Comuna de primera categoría",
    "CO2": "Comuna de segunda categoría",
    "CR": "Comuna rural",
    "CR1": "Comuna rural de primera categoría",
    "CR2": "Comuna rural de segunda categoría",
    "CR3": "Comuna rural de tercera categoría",
    "CF": "Comisión de fomento",
    "CM": "Comisión municipal",
    "CMA": "Comisión municipal A",
    "CMB": "Comisión municipal B",
    "JG1": "Junta de gobierno de primera categoría",
    "JG2": "Junta de gobierno de segunda categoría",
    "JG3": "Junta de gobierno de tercera categoría",
    "JG4": "Junta de gobierno de cuarta categoría",
    "JV": "Junta vecinal",
}
ORDINALS = {
    "i": "primera", "ii": "segunda", "iii": "tercera", "iv": "cuarta", "1": "primera", "2": "segunda",
    "3": "tercera", "4": "cuarta", "1ra": "primera", "2da": "segunda", "3ra": "tercera", "4ta": "cuarta",
    "1a": "primera", "2a": "segunda", "3a": "tercera", "4a": "cuarta",
}  # fmt: skip
# Words that some registers put in and others leave out.
FILLERS = frozenset({"de", "cat", "categoria", "provincial", "unica"})


def _key(spelling: str) -> str:
    words = [ORDINALS.get(word, word) for word in normalise_name(spelling).split()]
    return " ".join(word for word in words if word not in FILLERS)


_BY_KEY = {_key(name): name for name in CATEGORIES.values()}


@lru_cache(maxsize=1024)
def unify_category(spelling: str) -> str:
    """Return a category in the portal's one spelling; as it was written when it is none that is known.

    "COMUNA - CAT. II", "Comuna de 2° categoría" and "CO2" are all "Comuna de segunda categoría".
    """
    if not spelling:
        return ""
    return CATEGORIES.get(spelling.strip().upper()) or _BY_KEY.get(_key(spelling)) or spelling[:60]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspire.importing.mojibake import repair_mojibake


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("gestiÃ³n", "gestión"),
        ("EDUCACIÃ“N", "EDUCACIÓN"),
        ("â€œno originalesâ€ù", "“no originales”"),
        ("Edificio â€“ 3", "Edificio – 3"),
        ("NÂ° 4", "N° 4"),
        ("ÃƒÂ±andÃƒÂº", "ñandú"),
        # Every "Ã" had been replaced by "í" after the damage.
        ("íÅlvarez", "Álvarez"),
        ("í¢Â€ÂœParque Bajoí¢Â€Âù", "“Parque Bajo”"),
        # By way of an old Mac, twice; the last quotation mark had lost a control character.
        ("äóìBus Locationäó\x9d", "“Bus Location”"),
        ("äóìBus Locationäó", "“Bus Location”"),
        ("childrenäó»s", "children’s"),
    ],
)
def test_text_read_with_the_wrong_encoding_is_put_right(broken: str, right: str) -> None:
    assert repair_mojibake(broken) == right


@pytest.mark.parametrize(
    "sound",
    [
        "“así” y «aquí»",
        "suíço, Suíça",
        "MANHÃ”",
        "“IRMÔ…",
        "SÃO PAULO, Âmbar, NÃO",
        "Ñandú — 100 €",
        "À l’œuvre : « Âmes »",
        "mañana… sí™",
    ],
)
def test_what_could_have_been_meant_stays(sound: str) -> None:
    assert repair_mojibake(sound) == sound


@given(st.text(alphabet="abcdefghijklmnñopqrstuvwxyzáéíóúü ABCDEÁÉÍÓÚÑ.,;:¿?¡!()-", max_size=80))
def test_plain_spanish_is_never_touched(text: str) -> None:
    assert repair_mojibake(text) == text


@given(st.text(alphabet="áéíóúñüÁÉÍÓÚÑ", min_size=1, max_size=8))
def test_spanish_that_went_through_western_european_comes_back(letters: str) -> None:
    word = f"x{letters}x"
    broken = word.encode().decode("latin-1")
    assert repair_mojibake(broken) == word

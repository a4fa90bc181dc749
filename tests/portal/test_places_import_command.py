"""`manage.py import_municipalities`."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.core.tabular import open_table
from portal.places.models import Country
from tests.portal.places_factories import CountryFactory
from tests.portal.places_registers import ALBERTI, GOYA, TITLES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def argentina() -> Country:
    return CountryFactory()


def test_the_command_tells_the_report_and_keeps_the_refused_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, errors = tmp_path / "registro.csv", tmp_path / "errores.xlsx"
    file.write_text("\n".join([TITLES, ALBERTI, GOYA.replace("Corrientes", "")]))
    call_command("import_municipalities", str(file), "--errors", str(errors))
    shown = capsys.readouterr().out
    assert "2 filas leídas de registro.csv" in shown
    assert "1 cambios: 1 creados" in shown
    assert "fila 3: Falta la provincia" in shown
    with open_table(errors) as table:
        assert [row.cells["nombre"] for row in table.rows()] == ["Goya"]
    call_command("import_municipalities", str(file), "--dry-run")
    shown = capsys.readouterr().out
    assert "Fue un ensayo" in shown
    assert "0 cambios" in shown


def test_the_command_says_what_is_wrong_with_the_file_or_the_country(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No existe el archivo"):
        call_command("import_municipalities", str(tmp_path / "nada.csv"))
    with pytest.raises(CommandError, match="No hay un país «ZZ»"):
        call_command("import_municipalities", str(tmp_path / "nada.csv"), "--country", "zz")

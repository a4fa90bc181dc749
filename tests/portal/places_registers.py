"""Small registers to import in tests."""

import io

from portal.places.models import Country
from portal.places.services.registers import ImportReport, municipalities_import

TITLES = "codigo,nombre,provincia,categoria,lat,lon,poblacion_2010,poblacion_2022,sitio_web"
ALBERTI = "060021,Alberti,Buenos Aires,Municipio,-35.03,-60.28,10654,12982,www.alberti.gov.ar"
GOYA = "180140,Goya,Corrientes,Municipio de Segunda,-29.14,-59.26,,,"


def import_register(
    *rows: str, titles: str = TITLES, country: str = "AR", source: str = "indec", **options: bool
) -> ImportReport:
    """Import rows as a CSV file, and check that the report tells of every one."""
    content = "\n".join([titles, *rows]).encode()
    report = municipalities_import(
        file=io.BytesIO(content),
        filename="registro.csv",
        country=Country.objects.get(code=country),
        source=source,
        **options,
    )
    assert report.accounted_for == report.read
    return report


def reasons(report: ImportReport) -> dict[int, str]:
    return {problem.row: problem.reason for problem in report.refused}

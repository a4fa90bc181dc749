"""A position a hair's breadth from the equator or from Greenwich has a cell too.

PostgreSQL refuses to divide a number so small that the quotient would be nothing ("underflow"), which is what a
coordinate such as 5e-324 came to.
"""

from importlib import import_module

from django.db import migrations

FUNCTIONS = import_module("inspire.migrations.0004_map_cells").FUNCTIONS
# Far below what any coordinate means, and far above what a division by 360 brings to nothing.
TINIEST = "1e-300"


def _replaced(longitude: str, latitude: str) -> str:
    return (
        FUNCTIONS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        .replace("(longitude / 360", f"({longitude} / 360")
        .replace("radians(latitude)", f"radians({latitude})")
    )


def _or_nothing(degrees: str) -> str:
    return f"CASE WHEN abs({degrees}) < {TINIEST} THEN 0 ELSE {degrees} END"


class Migration(migrations.Migration):
    dependencies = [("inspire", "0008_quicker_facet_keys")]

    operations = [
        migrations.RunSQL(
            _replaced(f"({_or_nothing('longitude')})", _or_nothing("latitude")),
            _replaced("longitude", "latitude"),
        )
    ]

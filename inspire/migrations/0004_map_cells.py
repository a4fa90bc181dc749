"""The map's cells, kept true with the data."""

from django.db import migrations


class Migration(migrations.Migration):
    """Tables and functions."""

    dependencies = [("inspire", "0003_facets")]
    operations = []

"""What people write for the library, and its review."""

from django.db import migrations


class Migration(migrations.Migration):
    """Tables and functions."""

    dependencies = [("inspire", "0004_map_cells")]
    operations = []

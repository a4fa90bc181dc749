"""Files that staff bring into the library."""

from django.db import migrations


class Migration(migrations.Migration):
    """Tables and functions."""

    dependencies = [("inspire", "0005_contributions")]
    operations = []

"""Entry point of the yardstick."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.bare.settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

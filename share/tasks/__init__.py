"""What the app does in the background."""

from share.tasks import agreements, calendars, facets, organising, registrations, routing, threads  # noqa: F401 Celery finds tasks by importing this package.

"""Facets of encounters and conversations, when places change."""

from celery import shared_task

from share.services.facet_keys import facet_keys_refresh


@shared_task
def refresh_facet_keys() -> int:
    """Let encounters and conversations be found by what their municipalities are now."""
    return facet_keys_refresh()

"""Limits on how often the API is asked, which let everyone in while the cache that counts does not answer."""

import logging
from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

logger = logging.getLogger(__name__)


class ForgivingThrottle(SimpleRateThrottle):
    """A limit that is not kept while nobody can count: an answer matters more than a limit."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Say whether the request is within its limit, or cannot be counted."""
        try:
            return bool(super().allow_request(request, view))
        except Exception:
            logger.warning("The cache does not answer; the request is not counted.", exc_info=True)
            return True


class VisitorThrottle(ForgivingThrottle, AnonRateThrottle):
    """The limit of an address that is not signed in."""


class AccountThrottle(ForgivingThrottle, UserRateThrottle):
    """The limit of an account, or of an address that is not signed in."""

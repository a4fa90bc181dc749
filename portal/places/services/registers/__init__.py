"""Official registers of municipalities: reading their columns, cleaning, matching, writing, reporting."""

from portal.places.services.registers.importing import municipalities_import
from portal.places.services.registers.report import ImportReport

__all__ = ["ImportReport", "municipalities_import"]

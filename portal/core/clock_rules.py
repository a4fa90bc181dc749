"""Which rules of countries' clocks the portal goes by: those of the `tzdata` package, not the machine's.

Countries change their clocks at a few weeks' notice (Paraguay, October 2024), and a machine that nobody updates would
put every event an hour off. The package is locked and updated with the rest.
"""

import zoneinfo


def use_packaged_clock_rules() -> None:
    """Let every time zone be read from the `tzdata` package; called once, where settings begin."""
    zoneinfo.reset_tzpath(())
    zoneinfo.ZoneInfo.clear_cache()

"""People like one, each with the reason in words."""

"""Forms about reports and suspensions."""

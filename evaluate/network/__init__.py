"""How the network stands: who answered, where it is weak, how results spread, and what is under way. For staff."""

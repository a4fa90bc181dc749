"""Tags of Intercambiar."""

"""Figures as people see them: charts drawn on the server, each with its table beside it."""

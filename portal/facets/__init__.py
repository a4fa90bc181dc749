"""Facets: what a set can be narrowed down by, each choice with how much it would leave. See README.md."""

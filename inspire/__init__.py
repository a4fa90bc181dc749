"""Inspirarme: the library and map of local solutions."""

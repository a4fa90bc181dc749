"""The library as files: exactly what the filters leave, row by row."""

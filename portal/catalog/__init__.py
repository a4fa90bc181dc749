"""One row for everything that can be found."""

"""Charts as SVG text, one module for each kind. Numbers go in, markup that needs no script comes out."""

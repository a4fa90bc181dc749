"""What the pages of a municipality's evaluation say of the people who answer it together."""

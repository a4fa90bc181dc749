"""What this app's things are called in the catalogue."""

# The catalogue's kind of a person who agreed to be found.
KIND = "person"

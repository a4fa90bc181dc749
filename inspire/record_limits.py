"""How much fits into a record, and in which languages, whether it is typed, imported or sent to the API."""

TEXT_LENGTH = 100_000
# A text on one line without a limit of its own: parts of figures, labels of links.
LINE_LENGTH = 300
TAG_LENGTH = 60
PLACE_LENGTH = 150
# Names, positions and organisations of people.
PERSON_LENGTH = 150
# Where something comes from, and its licence.
SOURCE_LENGTH = 200
URL_LENGTH = 2000
# In which texts may be written.
LANGUAGES = ("es", "en", "pt", "fr")
# Of any list: figures, links, people, words.
MOST_ITEMS = 50

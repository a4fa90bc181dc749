"""Reading other people's files of solutions: columns, texts, places and topics, row by row."""

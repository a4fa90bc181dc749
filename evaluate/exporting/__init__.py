"""Taking the network's answers away without whose they are: anonymised, streamed, recorded."""

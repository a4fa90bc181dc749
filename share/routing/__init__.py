"""To whom a question is put: people who are likely to know, few of them, each with the reason."""

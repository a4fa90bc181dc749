"""The network team's pages."""

"""Encounters as calendar programs read them (RFC 5545): their texts, feeds, and invitations by e-mail."""

"""Tickets, the door, and who was there."""

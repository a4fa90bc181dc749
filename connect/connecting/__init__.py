"""Connections and introductions: what their pages show and what the kernel is told."""

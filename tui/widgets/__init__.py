"""Widgets of the house: what several screens show."""

"""The front ends: screens, the command line, the pytest plugin."""

"""The plan as it is being written: the draft, what can be done to it, and how it is shown."""

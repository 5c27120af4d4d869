"""Why an attempt went as it did, and what it says of whoever planned it."""

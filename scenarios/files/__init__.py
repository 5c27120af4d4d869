"""Files that people write: text into data with lines, and data into models."""

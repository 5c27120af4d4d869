"""Everything that people write as YAML: scenarios, plans and personas, loaded strictly."""

"""What authors and learners may compute: values, expressions and operations, in a sandbox."""

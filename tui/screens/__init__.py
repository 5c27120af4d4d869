"""The screens of the learner's loop, one module each."""

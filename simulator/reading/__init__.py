"""The reader: what a text tells whoever reads it, offline, as calibrated probabilities."""

import os

# Several processes run trials side by side, and a window is too small a matrix for two threads:
# they would wait for each other. It must be said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


from simulator.reading.habits import habit, habits
from simulator.reading.load import count_rules
from simulator.reading.matching import match
from simulator.reading.model import Reading, SentenceReading, read, read_sentences
from simulator.reading.questions import QuestionReading, read_question
from simulator.reading.text import Sentence, sentences

__all__ = [
    "QuestionReading",
    "Reading",
    "Sentence",
    "SentenceReading",
    "count_rules",
    "habit",
    "habits",
    "match",
    "read",
    "read_question",
    "read_sentences",
    "sentences",
]

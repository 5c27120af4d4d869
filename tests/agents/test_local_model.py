"""The real local model. `make test-local` runs these; `make test` does not need it."""

from __future__ import annotations

from threading import Event

import pytest
from langchain_core.messages import HumanMessage

from agents.models import local
from agents.models.line import Reply
from agents.models.trouble import Trouble

pytestmark = pytest.mark.local


def test_it_is_installed_and_answers() -> None:
    assert local.missing() == ""
    got = local.line().ask([HumanMessage(content="Say hello.")], {}, Event())
    assert isinstance(got, Reply)
    assert got.text
    assert 0 < got.tokens <= local.LONGEST + 100


def test_what_it_cannot_read_to_the_end_cannot_be_answered() -> None:
    got = local.line().ask([HumanMessage(content="word " * 9000)], {}, Event())
    assert isinstance(got, Trouble)
    assert got.kind == "unanswerable"

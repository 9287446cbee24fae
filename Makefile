# `make demo` codes the articles in examples/ and shows the record; `make test` runs every check.
# Both first make a virtual environment in .venv from requirements.lock (all versions and hashes pinned).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test readme lock clean classifier

demo: $(READY)
	$(BIN)/dragoman code examples --date 2024-02-27 --view   # the date is for the one .txt, which has no field for it

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(READY)

# Shows in the README what dragoman says of an example today.
readme: $(READY)
	$(BIN)/python docs/demo.py

# Needs uv. The lock names versions and hashes, never an address.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --output-file requirements.lock

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Trains the sentence encoder anew; see training/README.md (takes an hour on two cores).
classifier:
	$(PYTHON) -m venv build/training
	build/training/bin/pip install --quiet --editable . --requirement training/requirements.txt
	build/training/bin/python training/classifier/train.py --out build/classifier --hold-out training/sentences/held_out.txt
	build/training/bin/python training/classifier/export.py build/classifier --out src/dragoman/data/models/plover
	build/training/bin/python training/classifier/combine.py --plot docs/reliability.svg

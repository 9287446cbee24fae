# `make demo` codes the articles in examples/ and shows the record; `make test` runs every check.
# Both first make a virtual environment in .venv from requirements.lock (all versions and hashes pinned).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test readme lock clean classifier vendor

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

# Trains the sentence encoder anew; see training/README.md (minutes with a graphics card, most of a day without).
TRAINING := build/training/bin/python training/classifier
classifier:
	$(PYTHON) -m venv build/training
	build/training/bin/pip install --quiet --editable . --requirement training/requirements.txt
	$(TRAINING)/pairs.py --out build/classifier/pairs.jsonl
	$(TRAINING)/teach.py --seed 1 --out build/classifier/teacher-1.pt
	$(TRAINING)/teach.py --seed 2 --out build/classifier/teacher-2.pt
	$(TRAINING)/answer.py build/classifier/teacher-1.pt build/classifier/teacher-2.pt \
	  --pairs build/classifier/pairs.jsonl --out build/classifier/answers
	$(TRAINING)/train.py --answers build/classifier/answers --out build/classifier/student
	$(TRAINING)/finish.py build/classifier/student --pairs build/classifier/pairs.jsonl --out build/classifier/finished
	$(TRAINING)/export.py build/classifier/finished --out src/dragoman/data/models/plover
	$(TRAINING)/combine.py --plot docs/reliability.svg

# Makes the base map and takes the fonts of the explorer anew. Needs npm, for fetching four archives.
vendor: $(READY)
	mkdir -p build/vendor
	cd build/vendor && npm pack world-atlas@2.0.2 i18n-iso-countries@7.14.0 @fontsource-variable/source-serif-4@5.3.1 @fontsource-variable/source-sans-3@5.3.1
	$(BIN)/python vendor/basemap.py build/vendor/world-atlas-2.0.2.tgz build/vendor/i18n-iso-countries-7.14.0.tgz src/dragoman/web/data/world.json
	$(BIN)/python vendor/fonts.py build/vendor src/dragoman/web/static/fonts

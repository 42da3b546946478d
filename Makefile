# Every chore of the project. `make` lists them; each does the set-up it needs, once, into .venv.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
PIP_INSTALL = PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
SPLIT ?= test
# Through the environment, so that the shell does not read what is asked.
export Q

.DEFAULT_GOAL := help
.PHONY: help install chat ask test lint index screenshot speed gold eval lock clean

help: ## list the chores
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(INSTALLED) ## set up .venv with the pinned versions

chat: index ## index the corpus and open the web page
	$(BIN)/tanya chat

ask: $(INSTALLED) ## ask in the terminal: make ask Q="Kapan UNOSSC dibentuk?"
	@test -n "$$Q" || { echo 'Ask something: make ask Q="Kapan UNOSSC dibentuk?"' >&2; exit 2; }
	@$(BIN)/tanya index >/dev/null
	@$(BIN)/tanya ask -- "$$Q"

test: lint ## lint, then every test; a browser test without Chromium is skipped with a word
	$(BIN)/python -m pytest -ra

lint: install ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

index: install ## bring the index up to date with corpus/
	$(BIN)/tanya index

screenshot: install ## take the README's picture of the page (needs Chromium)
	mkdir -p docs
	$(BIN)/python tests/chat_app/ui/screenshot.py docs/screenshot.png --language id

speed: install ## time encoding, a cold start and a warm question
	$(BIN)/python -m eval speed

gold: install ## score the gold questions; SPLIT=tune while working
	$(BIN)/python -m eval gold --split $(SPLIT)

eval: install ## measure everything into eval/results/; DATA=FOLDER for the public sets too
	$(BIN)/python -m eval report $(if $(DATA),--data $(DATA))

lock: install ## pin what is installed in .venv now
	@$(BIN)/python -m pip freeze --all --exclude-editable \
		| sed -n 's/^\([A-Za-z0-9._-]*==[^+ ]*\).*/\1/p' | LC_ALL=C sort -f > .venv/frozen
	@{ sed '/^[^#]/d' constraints.txt; cat .venv/frozen; } > .venv/constraints
	@mv .venv/constraints constraints.txt && touch $(INSTALLED)

clean: ## remove .venv and everything that tools leave behind
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A newer pip than Python brings is needed for --group. The project is built by the pinned setuptools and not in
# isolation, so that nothing is fetched that constraints.txt does not name. torch is named for its CPU build.
$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Tanya Selatan needs Python 3.11 or newer, and $(PYTHON) is not. Try: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; \
		exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Setting up .venv, once; this takes a few minutes."
	$(PIP_INSTALL) pip setuptools
	$(PIP_INSTALL) --no-build-isolation --group dev torch==2.13.0 -e .
	@touch $@

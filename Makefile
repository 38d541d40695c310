# README's two commands: `make demo` and `make test`. Both set everything up first.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check bench clean

$(STAMP): pyproject.toml constraints.txt tools/find-python
	@python=$$(tools/find-python) && echo "setting up with $$($$python --version) ..." \
	  && { [ -x $(BIN)/python ] || "$$python" -m venv $(VENV); }
	@$(BIN)/pip install -q -c constraints.txt -e '.[test]'
	@touch $@

demo: $(STAMP) ## crawl the sample newsroom and show what was found
	@$(BIN)/python tools/demo.py

test: $(STAMP) ## run the tests
	@$(BIN)/python -m pytest

check: $(STAMP) ## lint, types, tests: what CI runs
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest

bench: $(STAMP) ## every figure against its peer, in one table
	@$(BIN)/pip install -q -c constraints.txt 'pip>=24' -e '.[peers,bulk]' || echo "some peers cannot be installed here; they are left out"
	@$(BIN)/python benchmarks/all.py

clean:
	rm -rf $(VENV) build *.egg-info

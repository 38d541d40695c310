# README's two commands: `make demo` and `make test`. Both set everything up first.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed
STAMP := $(VENV)/.ready
SUPPLY := build/supply
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check docs release audit bench clean

# What the command needs, the web pages included; the tests need much more.
$(RUN): pyproject.toml constraints.txt tools/find-python
	@python=$$(tools/find-python) && echo "setting up with $$($$python --version) ..." \
	  && { [ -x $(BIN)/python ] || "$$python" -m venv $(VENV); }
	@$(BIN)/pip install -q -c constraints.txt -e '.[web]'
	@touch $@

$(STAMP): $(RUN)
	@$(BIN)/pip install -q -c constraints.txt -e '.[test]'
	@touch $@

# Apart from the tests' environment: these tools bring packages that change how others guess a charset.
$(SUPPLY)/.installed: constraints.txt tools/find-python
	@"$$(tools/find-python)" -m venv $(SUPPLY)
	@$(SUPPLY)/bin/pip install -q -c constraints.txt cyclonedx-bom pip-audit
	@touch $@

demo: $(RUN) ## crawl the sample newsroom and show what was found
	@$(BIN)/python tools/demo.py

test: $(STAMP) ## run the tests, on every core; COVERAGE=1 measures branches and holds the floors
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(if $(COVERAGE),--cov --cov-report=json:coverage.json --cov-report=)
	@$(if $(COVERAGE),$(BIN)/python tools/coverage_floors.py coverage.json)

check: $(STAMP) ## lint, types, tests: what CI runs
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(MAKE) --no-print-directory test COVERAGE=1

docs: $(STAMP) ## build the documentation into build/site, strictly
	@$(BIN)/pip install -q -c constraints.txt -e '.[docs]'
	@$(BIN)/mkdocs build --quiet --strict

release: $(STAMP) $(SUPPLY)/.installed ## build sdist and wheel twice, compare, try the wheel in a clean environment, write an SBOM
	@$(BIN)/python tools/release.py

audit: $(SUPPLY)/.installed ## look every pinned package up for known vulnerabilities; needs the network
	@$(SUPPLY)/bin/python tools/audit.py

bench: $(STAMP) ## every figure against its peer, in one table
	@$(BIN)/pip install -q -c constraints.txt 'pip>=24' -e '.[peers,bulk]' || echo "some peers cannot be installed here; they are left out"
	@$(BIN)/python benchmarks/all.py

clean:
	rm -rf $(VENV) build *.egg-info

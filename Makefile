.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# torch's plain name brings gigabytes of CUDA on some registries: name an index with the CPU build
# here (make env TORCH_INDEX=...), or pin another build.
TORCH ?= torch==2.13.0
TORCH_INDEX ?=
DATA_DIR ?= .hezuo
PORT ?= 8080
WORKERS ?= 2

.PHONY: help env run down test test-faults test-slow lint format types bench screenshots quality settings lock wheels clean

help: ## Show this help
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

env: $(VENV)/.made ## Make the environment in .venv

$(VENV)/.made: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; run make PYTHON=python3.12 ..."; exit 1; }
	@echo "Making the environment in $(VENV): a few minutes the first time"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "  torch (the matcher's engine, the largest part)"
	@$(BIN)/pip install --quiet --disable-pip-version-check $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) '$(TORCH)'
	@echo "  everything else, at the versions of constraints.txt"
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[profiles,matcher,gateway,evaluation,cli,embedded,dev]'
	@touch $@

run: env ## Start everything on this machine: database, bus, index, services, demo data, console
	@$(BIN)/hezuo up --demo --data-dir $(DATA_DIR) --port $(PORT)

down: env ## Stop what `hezuo up --detach` started
	@$(BIN)/hezuo down --data-dir $(DATA_DIR)

test: env lint types ## All tests that belong to every change (under ten minutes on two cores)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope -m "not slow and not faults"

test-faults: env ## Kills, cuts and fills (the faults that take longer)
	$(BIN)/python -m pytest -m faults

test-slow: env ## Slow tests: real data sets
	$(BIN)/python -m pytest -m slow

lint: env ## Style, imports and the dependency rule
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

format: env ## Rewrite to the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: env ## Type-check our packages
	$(BIN)/mypy

bench: env ## Speed and memory beside the bare parts, in one run
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.serving
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.embedding
	$(BIN)/python -m benchmarks.rematch
	$(BIN)/python -m benchmarks.allocation
	$(BIN)/python -m benchmarks.performance_plan

screenshots: env ## Pictures of the console for the README (needs Chromium)
	$(BIN)/python -m benchmarks.screenshots

quality: env ## Every evaluation data set that is there; writes docs/quality.md
	$(BIN)/python -m benchmarks.quality

settings: env ## Write docs/settings.md from the settings classes
	$(BIN)/python -m benchmarks.settings_page

lock: env ## Write constraints.txt from what is installed and tested
	$(BIN)/pip freeze --exclude-editable | grep -v '^torch==' > constraints.txt

# Metadata alone is read; what a pin lacks is named by pip. Tags from PEP 600 and macOS 14.
LINUX := $(foreach tag,2_28 2_27 2_24 2_17 2_12 2_5,--platform manylinux_$(tag)_x86_64) --platform manylinux2014_x86_64
MACOS := --platform macosx_14_0_arm64
WHEELS := $(BIN)/pip install --quiet --disable-pip-version-check --dry-run --no-deps --ignore-installed --only-binary=:all: --target build/wheels --requirement constraints.txt

wheels: ## Ask the registry for a wheel of every pin: Python 3.11 to 3.13, Linux and macOS (minutes)
	@for python in 3.11 3.12 3.13; do echo "Linux, Python $$python"; $(WHEELS) --python-version $$python $(LINUX) || exit 1; echo "macOS, Python $$python"; $(WHEELS) --python-version $$python $(MACOS) || exit 1; done

clean: ## Remove the environment and all local data
	rm -rf $(VENV) $(DATA_DIR) build *.egg-info

# Everything begins here. `make` alone lists the commands.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# What is installed is compiled when it is first used: half of the work, since most of it never is.
PIP_INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-compile
FRONTEND := eventday/frontend
# Node may come from PyPI, into .venv/bin (see .ci/node).
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PORT

SOURCES := $(shell find $(FRONTEND)/src -type f 2>/dev/null) $(FRONTEND)/build.mjs
CATALOGUES := $(wildcard eventday/translations/zh_Hans/*.po)

.PHONY: help setup run test lint types frontend-test pytest machine clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

setup: .venv/.ready eventday/static/dist/manifest.json eventday/translations/zh_Hans/LC_MESSAGES/messages.mo ## environment, libraries, front end

run: setup ## the sample forum on a server of its own, PORT (8000)
	$(BIN)/python -m eventday sample
	exec $(BIN)/python -m eventday serve --port $(PORT)

test: machine setup .venv/.test-ready lint types frontend-test pytest ## everything that must hold

lint: .venv/.test-ready ## ruff: style and common mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup .venv/.test-ready ## mypy and tsc
	$(BIN)/mypy
	cd $(FRONTEND) && npm run --silent check

frontend-test: setup ## the scripts' unit tests
	cd $(FRONTEND) && npm test --silent

pytest: machine setup .venv/.test-ready ## the Python and browser tests
	$(BIN)/pytest -n 2 --dist worksteal -p no:cacheprovider

machine: ## the browser and what else the tests need of the machine
	.ci/machine

clean: ## forget what was built (never the instance)
	rm -rf .venv $(FRONTEND)/node_modules eventday/static/dist* eventday/badges/fonts

.venv/.ready: requirements.txt .ci/node
	.ci/python $(PYTHON)
	$(PIP_INSTALL) -r requirements.txt
	.ci/node
	touch $@

.venv/.test-ready: .venv/.ready tests/requirements.txt
	$(PIP_INSTALL) -r tests/requirements.txt
	touch $@

$(FRONTEND)/node_modules/.ready: $(FRONTEND)/package-lock.json .venv/.ready
	cd $(FRONTEND) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch node_modules/.ready

eventday/static/dist/manifest.json: $(SOURCES) $(FRONTEND)/node_modules/.ready
	cd $(FRONTEND) && npm run --silent build

eventday/translations/zh_Hans/LC_MESSAGES/messages.mo: $(CATALOGUES) eventday/translations/build.py .venv/.ready
	$(BIN)/python -m eventday.translations.build

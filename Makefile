# Each target makes .venv first if it is missing or older than the files that define it.
PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready
BIN := $(CURDIR)/$(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# nbgrader looks for alembic on PATH; one thread a process; nothing waits for an unreachable hub.
export PATH := $(BIN):$(PATH)
export HF_HUB_OFFLINE := 1
export HF_DATASETS_OFFLINE := 1
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1

.PHONY: demo test fuzz coverage lab build book bench lint data constraints clean

demo: $(READY)      ## real text, a class of 24, grades, feedback and a results page
	@tp data pull TP6-TrainFFNN
	tp demo

test: data lint     ## every test, the notebooks and the browser included
	pytest -n 2 --dist loadfile

fuzz: $(READY)       ## ten minutes of odd messages, notebooks, outputs, pages and names
	TPLIB_FUZZ_SECONDS=600 pytest tests/fuzz

coverage: $(READY)  ## lines and branches that the tests of the trust boundary reach
	pytest -m 'not slow' --cov --cov-branch --cov-report term-missing \
	    tests/autograde/candidate tests/autograde/examiner tests/autograde/messages tests/autograde/sandbox

lab: data           ## the student notebooks in JupyterLab
	jupyter lab --notebook-dir release

build: data         ## course/ -> source/ -> release/
	tp build

book: $(READY)       ## the course as a site that opens from the disk: build/book/html/index.html
	python book/prepare.py
	sphinx-build -q -W --keep-going -b html build/book/pages build/book/html

bench: $(READY)     ## ratios to PyTorch and to other NumPy libraries; the time of a check
	@$(INSTALL) --group bench
	python benchmarks/checks.py
	python benchmarks/nn.py

data: $(READY)
	@tp data pull --course

lint: $(READY)
	ruff check .
	ruff format --check .
	mypy
	lint-imports

constraints:        ## constraints.txt for all Pythons and systems; what is fixed stays unless UPGRADE=--upgrade; needs uv
	uv pip compile pyproject.toml --all-extras --group dev --group bench --group book --universal --python-version 3.11 \
	    --no-annotate --custom-compile-command 'make constraints' --output-file constraints.txt --quiet $(UPGRADE)

clean:
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage

# A new pip, which reads dependency groups, and PyTorch go first and alone: the other packages would draw in whatever build is newest.
# What only a sandbox imports is compiled here: in there nothing can be written, and each run would compile it anew.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tplib needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --upgrade pip
	$(INSTALL) torch
	$(INSTALL) -e '.[cluster,postgresql,transformers]' --group dev --group book
	$(BIN)/python -m compileall -q src
	@touch $@

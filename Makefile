# What a person does with this repository. PYTHON, PORT and ARGS may be set on the command line.

.PHONY: run test test-scale check bench soak train lock clean

run:  ## start the app and print its address
	@scripts/environment .venv requirements.lock
	@.venv/bin/cloutproof app $(if $(PORT),--port $(PORT))

test:  ## run every test, one thread in each of three processes; warnings are errors
	@scripts/environment .venv-test requirements-test.lock
	@scripts/system-packages
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 .venv-test/bin/python -m pytest -n 3 --dist worksteal $(ARGS)

# Spark says so of a pandas that it is not asked to use here.
OF_SPARK = ignore:PySpark does not yet fully support pandas:FutureWarning

test-scale:  ## a million rows on every engine, Spark of this machine among them
	@scripts/environment .venv-scale requirements-scale.lock
	@scripts/system-packages java
	.venv-scale/bin/python -m pytest tests/scale -W '$(OF_SPARK)' $(ARGS)

check:  ## read the code without running it
	@scripts/environment .venv-test requirements-test.lock
	.venv-test/bin/ruff check .
	.venv-test/bin/ruff format --check .
	.venv-test/bin/mypy --strict toolkit

bench:  ## time and memory, as docs/benchmarks.md reports them; ARGS names subjects
	@scripts/environment .venv-bench requirements-bench.lock
	.venv-bench/bin/python -m scripts.bench $(ARGS)

soak:  ## many writers, killed again and again, on both databases: is anything lost?
	@scripts/environment .venv-test requirements-test.lock
	@scripts/system-packages
	.venv-test/bin/python -m scripts.soak $(ARGS)

train:  ## fit the models anew; DATA=folder holds calibration/ and scores/
	@scripts/environment .venv requirements.lock
	@test -d "$(DATA)" || { echo 'Name the folder with the data: make train DATA=folder' >&2; exit 2; }
	OMP_NUM_THREADS=1 .venv/bin/python -m toolkit.inflation.training "$(DATA)"

lock:  ## resolve the locks anew; ARGS=-U takes newer versions
	@scripts/environment .venv requirements.lock
	scripts/lock $(ARGS)

clean:  ## remove everything that the other targets made
	rm -rf .venv .venv-test .venv-scale .venv-bench .venv-aequitas build dist htmlcov test-results .coverage
	rm -rf .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

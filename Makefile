# The one list of tasks, for people and for CI alike. `make` says what there is.

CARGO ?= cargo
export CARGO_TERM_COLOR ?= auto
# where the tests keep what they fetch
export LODESTREAM_TEST_CACHE ?= $(CURDIR)/.cache
# the browser of the page's tests
export CHROMIUM ?= chromium

.DEFAULT_GOAL := help
.PHONY: help demo test test-page fetch lint lint-deploy bench eval schemas dashboards picture chart release sbom deny tools test-tools page-tools sbom-tool

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: tools ## see it work: no Kafka, no configuration (Ctrl-C ends it)
	$(CARGO) run --release --locked -- demo

# The same profile and features as `make demo`: what one has built, the other uses.
test: tools test-tools fetch ## all tests, against a real Apache Kafka and a real Prometheus, fetched when missing; the page in Chromium
	$(CARGO) test --release --locked
	$(MAKE) test-page

# The program as the tests have built it: built alone, it would have its libraries built anew, with fewer of their features.
test-page: tools page-tools ## the live page in a real Chromium
	$(CARGO) test --release --locked --no-run --test page
	cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node --test --test-timeout=300000 page.test.mjs

fetch: ## the real Kafka and Prometheus of the tests and the packages of the Python consumers, into the cache
	sh tests/support/kafka.sh fetch "$(LODESTREAM_TEST_CACHE)"
	sh tests/support/prometheus.sh fetch "$(LODESTREAM_TEST_CACHE)"
	sh tests/support/consumers.sh python "$(LODESTREAM_TEST_CACHE)"

lint: ## formatting, clippy, the boundary of the walk: warnings are errors
	$(CARGO) fmt --check
	$(CARGO) clippy --release --locked --all-targets -- -D warnings
	RUSTFLAGS="-D warnings" $(CARGO) check --locked --lib --no-default-features --target-dir target/walk

lint-deploy: ## what is under deploy/ by its real tools (.ci/run says which, and fetches them)
	shellcheck .ci/run tests/support/*.sh deploy/*/*.sh deploy/consumers/*/*.sh
	yamllint --strict deploy .yamllint.yaml
	hadolint deploy/Dockerfile
	cd tests/support/compose && go run . ../../../deploy/compose.yaml
	sh deploy/helm/check.sh
	promtool check config deploy/prometheus/prometheus.yml
	promtool test rules deploy/prometheus/rules.test.yml deploy/prometheus/analysts.test.yml

bench: tools ## articles a second, against bare matching in the same run
	$(CARGO) bench --locked

eval: tools ## precision, recall and the misses on the labelled articles
	$(CARGO) run --release --locked -- eval eval/dev

schemas: ## write deploy/schemas anew after a change of the event's types
	mkdir -p deploy/schemas
	LODESTREAM_UPDATE=1 $(CARGO) test --release --locked --test schemas the_schema

dashboards: ## write deploy/grafana/dashboards anew after a change of deploy/grafana/source
	LODESTREAM_UPDATE=1 $(CARGO) test --release --locked --test dashboards what_their_source_says

picture: tools page-tools ## write the README's picture of the page anew
	$(CARGO) build --release --locked --bin lodestream
	cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node picture.mjs ../../deploy/images

chart: ## the chart's copies of dashboards and rules, after a change of them
	rm -f deploy/helm/lodestream/files/dashboards/*.json
	cp deploy/grafana/dashboards/*.json deploy/helm/lodestream/files/dashboards/
	cp deploy/prometheus/rules.yml deploy/helm/lodestream/files/

release: tools sbom ## the files of a release in target/package: program, manual, completions, bill of materials, checksums
	$(CARGO) build --profile dist --locked --bin lodestream
	sh deploy/release/package.sh target/dist/lodestream target/sbom.json target/package

sbom: sbom-tool ## the bill of materials in target/sbom.json (CycloneDX)
	PATH="$(SBOM_TOOL)/bin:$$PATH" sh deploy/release/sbom.sh target/sbom.json

SBOM_TOOL := $(LODESTREAM_TEST_CACHE)/cargo-cyclonedx
sbom-tool:
	@command -v cargo-cyclonedx >/dev/null 2>&1 || test -x "$(SBOM_TOOL)/bin/cargo-cyclonedx" || \
		$(CARGO) install --quiet --locked --root "$(SBOM_TOOL)" cargo-cyclonedx@0.5.9

deny: ## licences and sources of what comes in from outside (needs cargo-deny)
	$(CARGO) deny --locked check licenses bans sources

# What the build needs, all that is missing at once, and how to get it.
BUILD_TOOLS := cargo:rustup cc:build-essential c++:build-essential cmake:cmake perl:perl
TEST_TOOLS := java:default-jdk-headless mvn:maven python3:python3-venv psql:postgresql
PAGE_TOOLS := node:nodejs npm:npm $(CHROMIUM):chromium

define require
	@missing=; for tool in $(1); do \
		command -v "$${tool%%:*}" >/dev/null 2>&1 || missing="$$missing\n  $${tool%%:*} (Debian: $${tool#*:})"; \
	done; \
	if [ -n "$$missing" ]; then printf 'not installed, but needed for this:%b\n' "$$missing" >&2; exit 1; fi
endef

tools:
	$(call require,$(BUILD_TOOLS))

test-tools:
	$(call require,$(TEST_TOOLS) $(PAGE_TOOLS))

page-tools:
	$(call require,$(PAGE_TOOLS))

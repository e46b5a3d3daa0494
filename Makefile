# The one list of tasks, for people and for CI alike. `make` says what there is.

CARGO ?= cargo
export CARGO_TERM_COLOR ?= auto
# where the tests keep what they fetch
export LODESTREAM_TEST_CACHE ?= $(CURDIR)/.cache
# the browser of the page's tests
export CHROMIUM ?= chromium

.DEFAULT_GOAL := help
.PHONY: help demo test test-page fetch lint lint-deploy bench eval schemas picture deny tools test-tools page-tools

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: tools ## see it work: no Kafka, no configuration (Ctrl-C ends it)
	$(CARGO) run --release --locked -- demo

# The same profile and features as `make demo`: what one has built, the other uses.
test: tools test-tools fetch ## all tests, against a real Apache Kafka and a real Prometheus, fetched when missing; the page in Chromium
	$(CARGO) test --release --locked
	$(MAKE) test-page

test-page: tools page-tools ## the live page in a real Chromium
	$(CARGO) build --release --locked --bin lodestream
	cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node --test --test-timeout=300000 page.test.mjs

fetch: ## the real Kafka and Prometheus of the tests, into the cache
	sh tests/support/kafka.sh fetch "$(LODESTREAM_TEST_CACHE)"
	sh tests/support/prometheus.sh fetch "$(LODESTREAM_TEST_CACHE)"

lint: ## formatting, clippy, the boundary of the walk: warnings are errors
	$(CARGO) fmt --check
	$(CARGO) clippy --release --locked --all-targets -- -D warnings
	RUSTFLAGS="-D warnings" $(CARGO) check --locked --lib --no-default-features --target-dir target/walk

lint-deploy: ## scripts, YAML, Dockerfile, alerts (needs shellcheck, yamllint, hadolint, promtool)
	shellcheck .ci/run tests/support/*.sh
	yamllint --strict deploy .yamllint.yaml
	hadolint deploy/Dockerfile
	promtool check config deploy/prometheus/prometheus.yml
	promtool test rules deploy/prometheus/rules.test.yml

bench: tools ## articles a second, against bare matching in the same run
	$(CARGO) bench --locked

eval: tools ## precision, recall and the misses on the labelled articles
	$(CARGO) run --release --locked -- eval eval/dev

schemas: ## write deploy/schemas anew after a change of the event's types
	mkdir -p deploy/schemas
	LODESTREAM_UPDATE=1 $(CARGO) test --release --locked --test schemas the_schema

picture: tools page-tools ## write the README's picture of the page anew
	$(CARGO) build --release --locked --bin lodestream
	cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && node picture.mjs ../../deploy/images

deny: ## licences and sources of what comes in from outside (needs cargo-deny)
	$(CARGO) deny --locked check licenses bans sources

# What the build needs, all that is missing at once, and how to get it.
BUILD_TOOLS := cargo:rustup cc:build-essential c++:build-essential cmake:cmake perl:perl
TEST_TOOLS := java:default-jre-headless mvn:maven
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

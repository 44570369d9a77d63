# What a person types. Each step is a small program in .make/; versions and paths are in .make/env.sh.
MAKEFLAGS += --no-print-directory
.NOTPARALLEL:
.PHONY: help run dev test test-quick build tools engines browser fmt clippy guard doc unit quick e2e fuzz clean

# Runs a command with our tools first on PATH.
with := @.make/with

help: ## show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf 'make %-10s %s\n' "$$name" "$$text"; done

run: engines build ## install what is missing, build, serve on PLAYGROUND_ADDR (127.0.0.1:3000)
	@exec .make/serve

dev: tools engines ## rebuild and reload at every change
	@exec .make/dev

test: ## every check, in order, stopping at the first that fails
	@.make/in-order fmt clippy guard doc unit build e2e

test-quick: ## what fails fast: formatting, unit tests; no browser, no engines, under a minute once built
	@.make/in-order fmt quick

quick:
	$(with) cargo test --quiet --features ssr --lib

build: ## the release build, if anything changed since the last one
	@.make/build

tools: ## the build tools: wasm target, wasm-bindgen, wasm-opt, esbuild, idiomorph
	@.make/tools

engines: ## the stores' servers: Redis and MongoDB, or their stand-ins
	@.make/engines

browser: ## the browser of the end-to-end tests
	@.make/browser

fmt: ## cargo fmt --check
	$(with) cargo fmt --check

clippy: ## lints, server and browser
	@.make/target
	$(with) cargo clippy --features ssr --all-targets -- -D warnings
	$(with) cargo clippy --no-default-features --features hydrate --lib --target wasm32-unknown-unknown -- -D warnings

guard: ## the browser's program must not contain the server's libraries
	@.make/guard

doc: ## documentation without a warning
	$(with) env RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --document-private-items --features ssr

unit: ## unit tests, store contract, stories; needs the engines
	@.make/engines --required
	$(with) cargo test --features ssr

e2e: build ## Playwright, in a real browser, against the release build
	@.make/engines --required
	@.make/browser
	@.make/e2e

fuzz: ## ten minutes each of anything at all: cookie forms and headers, and the lines of both consoles
	@.make/fuzz

clean: ## forget what was built; the tools stay
	rm -rf target end2end/node_modules end2end/test-results end2end/playwright-report

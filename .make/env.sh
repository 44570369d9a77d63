# Sourced by every program in .make/: where things are, which versions, and how to install something.
# shellcheck shell=bash disable=SC2034
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$ROOT"

# What we install ourselves lives here and nowhere else, one folder per tool and version.
TOOLS=${PLAYGROUND_TOOLS:-${HOME:?}/.cache/session-playground}

BINARYEN_VERSION=132.0.0
ESBUILD_VERSION=0.28.2
IDIOMORPH_VERSION=0.7.4
SECANTUSDB_VERSION=0.7.0b3
# The program must be exactly the version of the crate, so the lock file is the one place that says it.
WASM_BINDGEN_VERSION=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)

WASM_BINDGEN_DIR=$TOOLS/our-wasm-bindgen-$WASM_BINDGEN_VERSION
# wasm-opt, what bundles and shrinks styles and scripts, and the library that merges news into a page.
PAGE_TOOLS_DIR=$TOOLS/page-tools-$BINARYEN_VERSION-$ESBUILD_VERSION-$IDIOMORPH_VERSION
SECANTUSDB_DIR=$TOOLS/secantusdb-$SECANTUSDB_VERSION
export PATH="$PAGE_TOOLS_DIR/node_modules/.bin:$SECANTUSDB_DIR/bin:$PATH"
export PLAYWRIGHT_BROWSERS_PATH="$TOOLS/browsers"

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$ROOT/target}"
BINARY=$CARGO_TARGET_DIR/release/session-playground
SITE=$ROOT/target/site
STAMP=$ROOT/target/.built

bold='' plain=''
if [ -t 2 ]; then bold=$'\033[1m' plain=$'\033[0m'; fi
say() { echo "$bold==>$plain $*" >&2; }
fail() {
  echo "${bold}error:$plain $*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

is_root() { [ "$(id -u)" = 0 ]; }
as_root() { if is_root; then "$@"; else sudo -n "$@"; fi; }
can_be_root() { is_root || { have sudo && sudo -n true 2>/dev/null; }; }

# system_package WHY APT-PACKAGES BREW-FORMULA: from the system's package manager, or the command to type.
system_package() {
  if have apt-get && can_be_root; then
    say "Installing $2 with apt-get: $1."
    # shellcheck disable=SC2086 # several packages are several words
    apt_get update -qq && apt_get install -y -qq --no-install-recommends $2 >/dev/null
  elif [ -n "$3" ] && have brew; then
    say "Installing $3 with brew: $1."
    brew install --quiet "$3"
  else
    say "Missing: $1. Install it with your system's package manager, for example: sudo apt-get install $2"
    return 1
  fi
}
apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@" </dev/null; }

# publish TEMPORARY FINAL: an installation exists completely or not at all.
publish() {
  rm -rf "$2"
  chmod 755 "$1" # mktemp made it private
  mv "$1" "$2"
}

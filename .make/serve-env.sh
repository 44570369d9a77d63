# Sourced: what the built server has to know about the built page.
# shellcheck shell=bash
export LEPTOS_OUTPUT_NAME=session-playground LEPTOS_SITE_PKG_DIR=pkg LEPTOS_HASH_FILES=true LEPTOS_ENV=PROD
export LEPTOS_SITE_ROOT="${LEPTOS_SITE_ROOT:-$SITE}"

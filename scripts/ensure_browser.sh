#!/usr/bin/env bash
# Is there a Chromium that the tests can drive? Finds one, installs Debian's when it may, else says what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

works() { [[ -x "$1" ]] && "$1" --version >/dev/null 2>&1; }

find_browser() {
  local name path
  if [[ -n "${CHROMIUM_PATH:-}" ]]; then
    if works "$CHROMIUM_PATH"; then echo "$CHROMIUM_PATH"; return 0; fi
    echo "CHROMIUM_PATH is set to '$CHROMIUM_PATH', which does not start." >&2
    return 2
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    path="$(command -v "$name" || true)"
    if [[ -n "$path" ]] && works "$path"; then echo "$path"; return 0; fi
  done
  path="$(.venv/bin/python - 2>/dev/null <<'PY' || true
from playwright.sync_api import sync_playwright
with sync_playwright() as play:
    print(play.chromium.executable_path)
PY
)"
  if [[ -n "$path" ]] && works "$path"; then echo "$path"; return 0; fi
  return 1
}

may_install() { [[ "$(id -u)" == 0 && -f /etc/debian_version ]] && command -v apt-get >/dev/null; }

status=0
browser="$(find_browser)" || status=$?
if [[ "$status" == 1 ]] && may_install; then
  echo "No Chromium found; installing Debian's." >&2
  export DEBIAN_FRONTEND=noninteractive
  if apt-get update -q >&2 && apt-get install -y -q --no-install-recommends chromium >&2; then
    status=0
    browser="$(find_browser)" || status=$?
  fi
fi
if [[ "$status" != 0 ]]; then
  cat >&2 <<'TEXT'
The browser tests need a Chromium that starts. One of these helps:
  apt-get install chromium               (Debian, as root)
  .venv/bin/playwright install chromium  (Playwright's own copy)
  CHROMIUM_PATH=/path/to/chrome make test
Without a browser, the other tests run with: .venv/bin/python -m pytest -m "not browser"
TEXT
  exit 1
fi
echo "browser: $browser ($("$browser" --version 2>/dev/null | head -n 1))"

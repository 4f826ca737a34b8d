#!/usr/bin/env bash
# Installs what the site is built and tested with and npm does not bring, where it is not there yet: Node.js, Chromium and a Chinese font.
set -euo pipefail

has_node() { command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 18 || a === 18 && b >= 19 ? 0 : 1)' 2>/dev/null; }
has_chromium() { command -v chromium >/dev/null || command -v google-chrome >/dev/null; }
has_font() { fc-list :lang=zh-cn 2>/dev/null | grep -q .; }

missing=()
has_node || { command -v node >/dev/null && missing+=(nodejs) || missing+=(nodejs npm); }
has_chromium || missing+=(chromium)
has_font || missing+=(fontconfig fonts-noto-cjk)
[ ${#missing[@]} -gt 0 ] || exit 0

echo "The site needs ${missing[*]}."
if ! command -v apt-get >/dev/null; then
  echo "There is no apt-get here to install them with: please install Node.js 18.19 or newer with npm, Chromium and a font with Chinese characters." >&2
  exit 1
fi
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get -o Acquire::Retries=3 update -q >/dev/null || echo "apt-get update failed; trying with the lists that are here." >&2
"${as_root[@]}" apt-get -o Acquire::Retries=3 install -y -q --no-install-recommends "${missing[@]}" >/dev/null || {
  echo "apt-get could not install ${missing[*]}; without them the site is neither built nor tested." >&2
  exit 1
}
has_node || { echo "apt-get's Node.js is older than 18.19: please install a newer one." >&2; exit 1; }
has_chromium || { echo "apt-get's chromium package brought no browser: please install Chromium." >&2; exit 1; }

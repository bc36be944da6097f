# shellcheck shell=bash
# A folder's Python packages in a virtual environment of its own. Needs say.sh, and Debian's python3-venv.

# Makes FOLDER/.venv with what FOLDER/requirements.txt pins, if that was not done yet for this file. What the packages
# themselves need, Debian brings. The hash of the file is kept inside .venv, so it goes away with it.
use_python() { # FOLDER
  local folder=$1 hash stamp
  stamp=$folder/.venv/.requirements-hash
  hash=$(sha256sum <"$folder/requirements.txt")
  [[ $(cat "$stamp" 2>/dev/null) != "$hash" ]] || return 0
  say "Installing Python packages in ${folder##*/}/"
  (
    set -e
    # Debian's python, whatever else is called so: only that one finds Debian's packages.
    /usr/bin/python3 -m venv --clear --system-site-packages "$folder/.venv"
    "$folder/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-deps \
      --no-build-isolation --require-hashes --requirement "$folder/requirements.txt"
    printf '%s\n' "$hash" >"$stamp"
  ) >&2
  # Not `( … ) || fail`: that would switch set -e off within.
  [[ $(cat "$stamp" 2>/dev/null) == "$hash" ]] || fail "the Python packages of ${folder##*/}/ are not installed (see above)"
}

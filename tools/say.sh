# shellcheck shell=bash
# How the commands talk: what they do goes to standard error, so that results can be piped.

say() {
  printf '%s\n' "$*" >&2
}

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

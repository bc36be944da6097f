# shellcheck shell=bash
# How the commands talk: what they do goes to standard error, so that results can be piped.

# Options that users export from their shell reach ours, where they change what * and > and == mean.
set +o noglob +o noclobber
shopt -u dotglob failglob nocaseglob nocasematch nullglob
export -n SHELLOPTS BASHOPTS
unset GLOBIGNORE

say() {
  printf '%s\n' "$*" >&2
}

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

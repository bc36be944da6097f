#!/usr/bin/env bash
# In the place of Tomcat's script of this name: starts the replay, which the Dockerfile puts into lib.
[[ ${1:-} == run ]] || { echo "catalina.sh: $* is not known here" >&2; exit 1; }
home=$(CDPATH='' cd -- "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export CATALINA_HOME=${CATALINA_HOME:-$home}
export CATALINA_BASE=${CATALINA_BASE:-$CATALINA_HOME}
export CATALINA_TMPDIR=${CATALINA_TMPDIR:-$CATALINA_BASE/temp}
exec node "$home/lib/main.mjs"

# shellcheck shell=bash
# Child processes that end with the script, whatever ends it. Needs say.sh.

declare -A child_names=()  # by process id, which is also the id of the child's session and group
log_writers=()

# In front of a command: even if this script is killed, the command is told to stop.
# shellcheck disable=SC2034  # used by the script
readonly stops_with_script=(setpriv --pdeathsig TERM)

# Starts a program whose output goes through a function of the script, a filter.
# A session of its own: Ctrl-C reaches this script only, which then stops the children, and a child's own children
# can be stopped by its group.
start_child() { # NAME FILTER COMMAND...
  local name=$1 filter=$2 output
  shift 2
  exec {output}> >(trap '' INT TERM HUP; "$filter")
  log_writers+=("$!")
  setsid "$@" >&"$output" 2>&1 </dev/null {output}>&- &
  child_names[$!]=$name
  exec {output}>&-
}

# Ends the script if a child is gone.
check_children() {
  local pid code
  for pid in "${!child_names[@]}"; do
    kill -0 "$pid" 2>/dev/null && continue
    code=0
    wait "$pid" || code=$?
    fail "${child_names[$pid]} has stopped by itself (code $code), so everything stops. Its last words are above."
  done
}

# Waits until a child ends by itself, then ends the script.
watch_children() {
  local never
  exec {never}<> <(:)  # nothing ever comes out of it: a pause without a process of its own
  while check_children; do
    read -r -t 1 -u "$never" || true
  done
}

# Whether a process group has a living member. Not by `kill -0`: orphaned zombies count there until init reaps them,
# which a container's init may never do.
group_lives() { # GROUP
  local file line state group
  for file in /proc/[0-9]*/stat; do
    { read -r line <"$file"; } 2>/dev/null || continue
    read -r state _ group _ <<<"${line##*) }"
    [[ $group != "$1" || $state == Z ]] || return 0
  done
  return 1
}

# Stops all children and theirs: asks, waits ten seconds, kills.
stop_children() {
  local pid tries
  for pid in "${!child_names[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done
  for pid in "${!child_names[@]}"; do
    for ((tries = 0; tries < 100; tries++)); do
      group_lives "$pid" || break
      sleep 0.1
    done
    kill -KILL -- "-$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  wait "${log_writers[@]}" 2>/dev/null || true  # the last lines are still on their way
}

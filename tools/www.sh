# shellcheck shell=bash
# The user of the programs that face the network and read image files. Needs say.sh and processes.sh.

# root gives its rights up for them, always: a hostile picture must not find root. Sets
#   worker_name  the user
#   as_worker    in front of a command: it runs as that user, and is told to stop when this script ends
choose_worker() {
  worker_name=$(id -un) as_worker=("${stops_with_script[@]}")
  [[ $EUID -eq 0 ]] || return 0
  worker_name=www-data as_worker+=(--reuid=www-data --regid=www-data --clear-groups)
  "${as_worker[@]}" true 2>/dev/null ||
    fail "root may not become www-data here, and the image server does not run as root. Start ./serve as another user."
}

# Ends the script where that user may not enter and list a folder: nothing of it could be served.
worker_needs() { # FOLDER WHAT_TO_DO
  "${as_worker[@]}" test -r "$1" -a -x "$1" && return
  local closed=/ step steps
  IFS=/ read -r -a steps <<<"${1#/}"
  for step in "${steps[@]}"; do
    closed=${closed%/}/$step
    "${as_worker[@]}" test -x "$closed" || break
  done
  fail "$worker_name may not enter $closed, and the image server and nginx run as $worker_name. Let everybody enter and" \
    "read it (chmod a+rx ${closed@Q}), or $2."
}

# A line for the first file that will be left out; all of them are not looked for on a large disk.
name_unreadable() { # FOLDER
  local unreadable
  unreadable=$(timeout 5 "${as_worker[@]}" find "$1" ! -readable ! -type l -print -quit 2>/dev/null) || true
  [[ -z $unreadable ]] ||
    say "$worker_name may not read $unreadable, so it is left out, and so are others like it. Let everybody read the" \
      "images: chmod -R a+rX ${1@Q}"
}

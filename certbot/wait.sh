# shellcheck shell=bash
# How long to wait after failures. It is kept on disk, with what it belongs to, so that a container that is started
# again and again does not ask again and again: Let's Encrypt allows five failed validations an hour.

# shellcheck source=certbot/settings.sh
source "${BASH_SOURCE[0]%/*}/settings.sh"

wait_file=$state_dir/wait
wait_for="$host $directory $email"
failures=0 # in a row
next=0     # seconds since 1970: not before
longest_wait=$((7 * 86400))

# Whatever a server says, and wherever the clock was when `next` was set: a clock that was ahead may go back at any time.
shorten_wait() {
  local latest=$((EPOCHSECONDS + longest_wait))
  ((next <= latest)) || next=$latest
}

# Sets both to what was kept. For another host, ACME server or e-mail address that is nothing.
recall_wait() {
  local kept_for='' kept_failures='' kept_next=''
  failures=0 next=0
  if [[ -r $wait_file ]]; then
    { read -r kept_for && read -r kept_failures && read -r kept_next; } <"$wait_file" || true
  fi
  if [[ $kept_for == "$wait_for" && "$kept_failures $kept_next" =~ ^[0-9]{1,4}\ [0-9]{1,12}$ ]]; then
    failures=$kept_failures next=$kept_next
    shorten_wait
    # Kept, so that the longest wait does not begin again at each start.
    ((next == kept_next)) || keep_wait
  fi
}

keep_wait() {
  printf '%s\n' "$wait_for" "$failures" "$next" >"$wait_file.new"
  mv -f "$wait_file.new" "$wait_file"
}

# 15 minutes, 30, an hour, and so on up to twelve hours. None after no failure.
set_next() {
  local seconds=$first_wait n
  for ((n = 1; n < failures && seconds < round_every; n++)); do seconds=$((seconds * 2)); done
  ((seconds < round_every)) || seconds=$round_every
  ((failures > 0)) || seconds=0
  next=$((EPOCHSECONDS + seconds))
}

# Before an attempt: a container that is killed in the middle of it, again and again, waits as after failures, from the
# second time on.
expect_failure() {
  set_next
  failures=$((failures + 1))
  keep_wait
  failures=$((failures - 1))
}

wait_after_failure() { # NOT_BEFORE
  failures=$((failures + 1))
  set_next
  (($1 <= next)) || next=$1
  shorten_wait
  keep_wait
}

wait_after_success() {
  rm -f "$wait_file"
  failures=0 next=$((EPOCHSECONDS + round_every))
}

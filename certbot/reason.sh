# shellcheck shell=bash
# Why certbot failed. What it prints may be the name of a Python exception; what the ACME server said is in its log.
# shellcheck source=certbot/settings.sh
source "${BASH_SOURCE[0]%/*}/settings.sh"

# The last answer of the ACME server, with its status line and headers.
last_answer() {
  awk '/^HTTP [0-9]+$/ { answer = ""; on = 1 }
       /^[0-9-]+ [0-9:,]+:[A-Z]+:/ { on = 0 }
       on { answer = answer $0 "\n" }
       END { printf "%s", answer }' "$1"
}

# The detail of a problem document (RFC 8555, 6.7), as plain text on one line.
detail_of() { # ANSWER
  local detail
  detail=$(sed -nE 's/.*"detail": *"(([^"\\]|\\.)*)".*/\1/p' <<<"$1" | head -n 1)
  detail=${detail//'\/'/'/'}
  # %b undoes JSON's other escapes.
  printf '%b' "${detail//'\"'/'"'}" | printable
}

# What a server says goes into a log, and from there to a terminal: printable ASCII only, for there are control
# characters beyond ASCII, too.
printable() {
  LC_ALL=C tr -cs '[:print:]' ' '
}

# What certbot printed, without its frame and without Python's names.
words_of() { # OUTPUT
  LC_ALL=C grep -avE '^(Saving debug log|An unexpected error|Ask for help|Some challenges|$)' "$1" | tail -n 1 |
    sed -E "/Caused by/ { s/.*: (\[[^]]*\] )?//; s/['\")]+$//; s/ \(\[Errno [^]]*\]/:/; s/ \(_ssl.*//; }
      s/^[A-Za-z_.]+(Error|Exception): //; s/\.$//" | printable | sed 's/ $//'
}

reason_of() { # STATUS ANSWER OUTPUT
  local status=$1 answer=$2 output=$3 detail
  detail=$(detail_of "$answer")
  if ((status == 124 || status == 137)); then
    echo 'certbot took too long, or was killed'
  elif [[ -n $detail ]]; then
    echo "${detail%.}"
  elif [[ $answer =~ ^HTTP\ ([45][0-9][0-9]) ]]; then
    echo "$directory answers HTTP ${BASH_REMATCH[1]} (ACME_DIRECTORY)"
  elif grep -qE 'Caused by|Requesting|timed out|Connection aborted' "$output"; then
    echo "$directory does not answer (ACME_DIRECTORY): $(words_of "$output")"
  else
    words_of "$output"
  fi
}

# Seconds since 1970 before which the server does not want to be asked: Let's Encrypt says so in a header, in the
# detail, or both. 0 if it does not.
not_before() { # ANSWER
  local at=0
  [[ $1 =~ ^HTTP\ [45] ]] || { echo 0; return; }
  if [[ $1 =~ 'acme:error:rateLimited' ]]; then at=$((EPOCHSECONDS + round_every)); fi
  printf '%s\n' "$at" "$(retry_after "$1")" "$(retry_in_detail "$1")" | sort -n | tail -n 1
}

# The header of that name: seconds from now, or a date.
retry_after() { # ANSWER
  local value
  value=$(sed -nE 's/^retry-after: *//Ip' <<<"$1" | head -n 1)
  if [[ $value =~ ^[0-9]{1,9}$ ]]; then
    echo $((EPOCHSECONDS + 10#$value))
  else
    seconds_of "$value"
  fi
}

retry_in_detail() { # ANSWER
  if [[ $1 =~ retry\ after\ ([0-9]{4}-[0-9-]{5}[T\ ][0-9:]{8})(Z|\ UTC) ]]; then
    seconds_of "${BASH_REMATCH[1]/T/ } UTC"
  else
    echo 0
  fi
}

# Of a date as HTTP writes it (RFC 9110, 5.6.7), or as the detail has it. `date` would take "200 years" as well.
seconds_of() { # DATE
  local http='[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT' detail='[0-9]{4}-[0-9-]{5} [0-9:]{8} UTC'
  [[ $1 =~ ^($http|$detail)$ ]] && date -u -d "$1" +%s 2>/dev/null || echo 0
}

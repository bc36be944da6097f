# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # host is set by lower_case; the variables are for those who source this
# What the environment says, for start, healthy and try-now alike. An empty value counts as not set.
# shellcheck source=certbot/hostName.sh
source "${BASH_SOURCE[0]%/*}/hostName.sh"

lower_case host "${VIRTUAL_HOST:-localhost}"
email=${LETSENCRYPT_EMAIL:-}
directory=${ACME_DIRECTORY:-https://acme-v02.api.letsencrypt.org/directory}
if [[ ${directory,,} == https://* ]]; then directory=https://${directory:8}; fi
http_port=${HTTP_PORT:-80}

state_dir=${STATE_DIR:-/letsencrypt}
challenge_dir=${CHALLENGE_DIR:-/challenges}
certificate_dir=${CERTIFICATE_DIR:-/certificates}
own_dir=${OWN_DIR:-/certs}

# Seconds.
look_every=${LOOK_EVERY:-10}
round_every=${ROUND_EVERY:-43200} # also the longest wait after failures, and the shortest when the server counts
first_wait=${FIRST_WAIT:-900}

installed=$certificate_dir/$host.pem
control=$state_dir/try-now

say() {
  printf 'certbot: %s\n' "$*"
}

fail() {
  say "$@" >&2
  exit 1
}

# Prints why there never is anything to do here; fails if there is.
nothing_to_do() {
  if [[ ${VIRTUAL_HOST_PROTO:-http} != https ]]; then
    echo 'VIRTUAL_HOST_PROTO is not https'
  elif [[ ${TRUSTED_PROXIES:-} =~ [^,[:space:]] ]]; then
    echo 'with TRUSTED_PROXIES another proxy has the certificate'
  else
    return 1
  fi
}

# A link that leads nowhere counts: the operator means to have one, and what it leads to may be out of sight here.
own_certificate() {
  local file
  for file in "$own_dir/$host".{crt,key}; do
    if [[ -e $file || -L $file ]]; then return; fi
  done
  return 1
}

# Prints what is wrong with the name, if anything is.
host_problem() {
  case $host in
    *://*) echo 'Write the name only; http or https goes into VIRTUAL_HOST_PROTO.' ;;
    *[[:space:],\;]*) echo 'Write one name only.' ;;
    \[* | *:*:*) echo 'A certificate is for a name, not for an IP address. Write a host name.' ;;
    */*) echo 'Write the name only, without a slash or path.' ;;
    *:*) echo 'Write the name only; the port goes into HTTP_PORT or HTTPS_PORT.' ;;
    *.) echo 'Leave out the dot at the end.' ;;
    *_*) echo 'A host name has no underscore (_). Write the name without it, or with a hyphen.' ;;
    *)
      case $(kind_of_host "$host") in
        name) ;;
        address | number) echo 'A certificate is for a name, not for an IP address. Write a host name.' ;;
        *) echo 'Write a host name of letters, digits, dots and hyphens (names in other scripts in their xn-- form).' ;;
      esac
      ;;
  esac
}

# Ends the script if it cannot work with these settings.
check_settings() {
  local problem folder
  problem=$(host_problem)
  [[ -z $problem ]] || fail "VIRTUAL_HOST: \"$VIRTUAL_HOST\": $problem"
  [[ $directory =~ ^https://[^[:space:]]+$ ]] ||
    fail "ACME_DIRECTORY: \"$directory\": Write the address of an ACME directory, beginning with https://."
  for folder in "$state_dir" "$challenge_dir" "$certificate_dir"; do
    [[ -w $folder ]] || fail "$folder: cannot write there. It must be a folder that belongs to user id $EUID."
  done
}

# Ends the script if an ACME server cannot be asked with these settings.
check_order() {
  [[ -n $email ]] || fail "LETSENCRYPT_EMAIL is not set. Write your e-mail address there, or put $host.crt and" \
    "$host.key into proxy/certs, or name the proxy that ends TLS in TRUSTED_PROXIES."
  [[ $email =~ ^[^[:space:]@,]+@[^[:space:]@,]+\.[^[:space:]@,]+$ ]] ||
    fail "LETSENCRYPT_EMAIL: \"$email\": Write one e-mail address."
  [[ $host == *.* ]] || fail "VIRTUAL_HOST: \"$host\" is not a name on the Internet, so nobody issues a certificate" \
    "for it. Write the whole name, such as images.example.org, or put $host.crt and $host.key into proxy/certs."
}

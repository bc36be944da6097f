# shellcheck shell=bash
# What the proxy's scripts are told by the environment. An empty value counts as not set. Sourced by each of them.

: "${RUN_DIR:?a folder for everything nginx writes}"
: "${VIRTUAL_HOST:=localhost}" "${VIRTUAL_HOST_PROTO:=http}" "${HTTPS_PORT:=443}" "${TRUSTED_PROXIES:=}"
: "${LISTEN_HTTP:=8080}" "${LISTEN_HTTPS:=8443}"  # ports of nginx; HTTPS_PORT is the one in public addresses
: "${AUTH_UPSTREAM:=auth:3000}" "${IMAGE_UPSTREAM:=image-server:8080}"
: "${TILE_CACHE_SIZE:=1g}" "${ACCESS_LOG:=/dev/stdout}"
: "${OWN_DIR:=/certs}" "${CERTIFICATE_DIR:=/certificates}" "${CHALLENGE_DIR:=/challenges}"
VIRTUAL_HOST=${VIRTUAL_HOST,,}
[[ $TRUSTED_PROXIES =~ [^,[:space:]] ]] || TRUSTED_PROXIES=  # commas alone name nobody

# The operator's own certificate, then certbot's (key and chain in one file); what nginx reads is a copy.
own_certificate=$OWN_DIR/$VIRTUAL_HOST.crt
own_key=$OWN_DIR/$VIRTUAL_HOST.key
acme_certificate=$CERTIFICATE_DIR/$VIRTUAL_HOST.pem
# shellcheck disable=SC2034  # used by the scripts that source this
installed_certificate=$RUN_DIR/certificate/current.pem

# What changes when one of these files does.
state_of_certificates() {
  stat -L -c '%n %i %s %z' "$own_certificate" "$own_key" "$acme_certificate" 2>/dev/null || true
}

say() {
  printf 'proxy: %s\n' "$*" >&2
}

fail() {
  say "$@"
  exit 1
}

# A link that leads nowhere counts: it is what the operator put there.
has_own_certificate() {
  local file
  for file in "$own_certificate" "$own_key"; do
    if [[ -e $file || -L $file ]]; then return; fi
  done
  return 1
}

# Whether nginx is to end TLS: not where another proxy does, unless the operator gave it a certificate for that way.
ends_tls() {
  [[ $VIRTUAL_HOST_PROTO == https ]] && { [[ -z $TRUSTED_PROXIES ]] || has_own_certificate; }
}

# A value lands in the middle of a directive: what could end it is refused here, by name.
check() { # NAME PATTERN WHAT_TO_DO
  [[ ${!1} =~ ^$2$ ]] || fail "$1 is not usable: ${!1@Q}. $3"
}

check_host() {
  local label='[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?' address='[0-9]{1,3}(\.[0-9]{1,3}){3}' what
  what='Write one host name, without http://, port or path: letters, digits, hyphens and dots.'
  check VIRTUAL_HOST "$label(\.$label)*" "$what"
  ((${#VIRTUAL_HOST} <= 253)) || fail "VIRTUAL_HOST is longer than any host name, which has 253 characters at most."
  # What ends in a number is an address to browsers, however it is written.
  if [[ $VIRTUAL_HOST =~ (^|\.)(0x[0-9a-f]*|[0-9]+)$ && ! ($VIRTUAL_HOST =~ ^$address$ && $VIRTUAL_HOST_PROTO == http) ]]; then
    fail "VIRTUAL_HOST is an IP address: $VIRTUAL_HOST. Certificates are for names: write the name of this server."
  fi
}

# shellcheck shell=bash
# What the proxy's scripts are told by the environment. An empty value counts as not set. Sourced by each of them.
# shellcheck source=proxy/hostName.sh
source "${BASH_SOURCE[0]%/*}/hostName.sh"

: "${RUN_DIR:?a folder for everything nginx writes}"
: "${VIRTUAL_HOST:=localhost}" "${VIRTUAL_HOST_PROTO:=http}" "${HTTPS_PORT:=443}" "${TRUSTED_PROXIES:=}"
: "${LISTEN_HTTP:=8080}" "${LISTEN_HTTPS:=8443}"  # ports of nginx; HTTPS_PORT is the one in public addresses
: "${AUTH_UPSTREAM:=auth:3000}" "${IMAGE_UPSTREAM:=image-server:8080}" "${PYRAMIDS_UPSTREAM:=pyramids:8081}"
: "${IMAGE_WORKERS:=4}" "${TILE_CACHE_SIZE:=1g}" "${TILE_CACHE_MIN_FREE:=256m}" "${ACCESS_LOG:=/dev/stdout}"
: "${RENDERING_BUDGET:=3000}" "${ROBOTS:=pages}" "${ROBOTS_TAG:=}" "${TDM_RESERVATION:=}" "${TDM_POLICY:=}"
: "${OWN_DIR:=/certs}" "${CERTIFICATE_DIR:=/certificates}" "${CHALLENGE_DIR:=/challenges}"
lower_case VIRTUAL_HOST "$VIRTUAL_HOST"
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

# nginx keeps tiles while this file is there (vhost.d/default): removing it needs no space.
keeps_tiles=$RUN_DIR/keeps-tiles

# nginx removes tiles until TILE_CACHE_MIN_FREE is free again. Where less than half of that is free something else fills the
# disk, and soon a tile that is being written would be half a tile.
judge_room() {
  local free block tiles=$RUN_DIR/tiles
  [[ -d $tiles ]] || tiles=$RUN_DIR
  read -r free block < <(stat -f -c '%a %S' "$tiles") || return 0
  if ((free * block < $(numfmt --from=iec "${TILE_CACHE_MIN_FREE^^}") / 2)); then
    [[ -e $keeps_tiles || ${said_room-} != full ]] || return 0
    rm -f "$keeps_tiles"
    said_room=full
    say "the disk of the finished tiles is full: less than half of TILE_CACHE_MIN_FREE ($TILE_CACHE_MIN_FREE) is free. Images go on; none is kept until there is room."
  elif [[ ! -e $keeps_tiles ]]; then
    : >"$keeps_tiles" 2>/dev/null || return 0
    [[ ${said_room-} != full ]] || say "there is room for finished tiles again."
    said_room=
  fi
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
  [[ ${!1} =~ ^$2$ ]] || refuse "$1" "$3"
}

refuse() { # NAME WHAT_TO_DO
  fail "$1 is not usable: ${!1@Q}. $2"
}

check_host() {
  local kind
  kind=$(kind_of_host "$VIRTUAL_HOST")
  case $kind,$VIRTUAL_HOST_PROTO in
    name,* | address,http) ;;
    address,* | number,*)
      fail "VIRTUAL_HOST is an IP address: $VIRTUAL_HOST. Certificates are for names: write the name of this server."
      ;;
    long,*) fail "VIRTUAL_HOST is longer than any host name, which has 253 characters at most." ;;
    *) refuse VIRTUAL_HOST 'Write one host name, without http://, port or path: letters, digits, hyphens and dots.' ;;
  esac
}

# shellcheck shell=bash
# What may be the name of this server: the rule of auth/src/config/hostName.ts. The folders proxy and certbot have one
# copy each, because an image is built of its own folder alone; a test keeps them the same, and one list of examples
# (test-support/hosts.txt) keeps all three to one rule.

# An IPv4 address, as everybody writes it: 010.1.1.1 and 1.2.3 are other addresses than they seem to be.
ipv4_byte='(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])'
ipv4="$ipv4_byte(\.$ipv4_byte){3}"

# Puts a text in small letters into a variable. In no other locale: in a Turkish one the small I has no dot. Not by $(…),
# which takes line breaks off the end.
lower_case() { # VARIABLE TEXT
  local LC_ALL=C
  printf -v "$1" %s "${2,,}"
}

# Prints "name", "address" (IPv4), "number" (what ends in a number, also in one like 0x10: an address or nothing to
# everybody who reads a URL), "long" (for a name), or "none" of these.
kind_of_host() { # TEXT IN SMALL LETTERS
  local LC_ALL=C label='[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
  if [[ ! $1 =~ ^$label(\.$label)*$ ]]; then
    echo none
  elif ((${#1} > 253)); then
    echo long
  elif [[ $1 =~ ^$ipv4$ ]]; then
    echo address
  elif [[ $1 =~ (^|\.)([0-9]+|0x[0-9a-f]*)$ ]]; then
    echo number
  else
    echo name
  fi
}

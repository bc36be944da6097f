# shellcheck shell=bash
# What may stand in TRUSTED_PROXIES: the rule of auth/src/config/trustedProxies.ts. One list of examples
# (test-support/networks.txt) keeps both to it.
# shellcheck source=proxy/hostName.sh
source "${BASH_SOURCE[0]%/*}/hostName.sh"

is_ipv6() { # TEXT IN SMALL LETTERS
  local group='[0-9a-f]{1,4}' text=$1 groups
  # An IPv4 address at the end stands for two groups, :: for one or more.
  [[ ! $text =~ ^(.*:)$ipv4$ ]] || text=${BASH_REMATCH[1]}0:0
  read -ra groups <<<"${text//:/ }"
  [[ $text =~ ^$group(:$group){7}$ ]] ||
    [[ ${#groups[@]} -lt 8 && $text =~ ^($group(:$group)*)?::($group(:$group)*)?$ ]]
}

# Whether it is an IPv4 address in IPv6 form. nginx sees the IPv4 address of a proxy, so it would never find it there.
is_mapped() { # IPV6 ADDRESS IN SMALL LETTERS
  local zero='0{1,4}:'
  [[ $1 =~ ^($zero){5}ffff: || $1 =~ ^(($zero)+:|::)($zero)*ffff:([0-9a-f]+:[0-9a-f]+|$ipv4)$ ]]
}

# Not a network of everybody, or nearly so.
may_be_trusted() { # ADDRESS OR NETWORK
  local LC_ALL=C address prefix shortest=8 widest=32
  [[ ${1,,} =~ ^([0-9a-f.:]+)(/([0-9]{1,3}))?$ ]] || return 1
  address=${BASH_REMATCH[1]} prefix=${BASH_REMATCH[3]}
  if [[ ! $address =~ ^$ipv4$ ]]; then
    if ! is_ipv6 "$address" || is_mapped "$address"; then return 1; fi
    shortest=16 widest=128
  fi
  prefix=$((10#${prefix:-$widest}))
  ((prefix >= shortest && prefix <= widest))
}

# shellcheck shell=bash
# Debian packages. Needs say.sh.

# What the packages would have systemd start.
declare -rA units_of_package=(
  [nginx]=nginx.service
  [lighttpd]='lighttpd.service lighttpd-maint.timer'
  [iipimage-server]=iipsrv.service
  [postgresql]=postgresql.service
  [certbot]=certbot.timer
)

# Installs packages that are not there yet, without starting or enabling a service of theirs.
# As another user than root: names them and the command, and ends the script.
# lighttpd and iipimage-server must be asked for together: alone, the latter brings Apache.
need_packages() { # PACKAGE...
  local package missing=()
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0

  local install="apt-get install --no-install-recommends ${missing[*]}"
  [[ $EUID -eq 0 ]] || fail "missing Debian packages: ${missing[*]}. Install them with: sudo $install"
  say "Installing Debian packages: ${missing[*]}"
  (
    service_policy_off
    no_database_cluster
    trap 'service_policy_back; database_cluster_back' EXIT
    trap 'exit 130' INT TERM HUP
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -q && apt-get install -q -y --no-install-recommends "${missing[@]}"; } >&2 </dev/null
  ) || fail "could not install ${missing[*]} (see above)"
  leave_services_off "${missing[@]}"
}

# Debian starts a service when its package is installed, unless this file says 101.
service_policy_off() {
  policy=/usr/sbin/policy-rc.d policy_kept=
  if [[ -e $policy || -L $policy ]]; then
    policy_kept=$policy.kept-by-vitrine
    mv "$policy" "$policy_kept"
  fi
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
}

service_policy_back() {
  if [[ -n $policy_kept ]]; then mv "$policy_kept" "$policy"; else rm -f "$policy"; fi
}

# Debian's postgresql makes a database of its own when it is installed, unless this file says no.
no_database_cluster() {
  cluster_conf=/etc/postgresql-common/createcluster.conf cluster_conf_made=
  [[ -e $cluster_conf ]] && return
  mkdir -p "${cluster_conf%/*}"
  echo 'create_main_cluster = false' >"$cluster_conf"
  cluster_conf_made=1
}

database_cluster_back() {
  [[ -z $cluster_conf_made ]] || rm -f "$cluster_conf"
}

# Installing a package also enables its services for the next boot. Those of packages that were there before keep
# their state.
leave_services_off() { # NEWLY INSTALLED PACKAGE...
  local package unit
  for package in "$@"; do
    for unit in ${units_of_package[$package]-}; do
      if command -v systemctl >/dev/null; then systemctl disable "$unit" >/dev/null 2>&1 || true; fi
      # Where systemd does not run the links may still have been made, and those of the old init too.
      rm -f /etc/systemd/system/*.target.wants/"$unit"
      if [[ -e /etc/init.d/${unit%.service} ]] && command -v update-rc.d >/dev/null; then
        update-rc.d "${unit%.service}" disable >/dev/null 2>&1 || true
      fi
    done
  done
}

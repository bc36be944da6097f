# shellcheck shell=bash
# The certificate on disk: certbot's own copy (a "lineage" of files and links) and the one file for the proxy.
# shellcheck source=certbot/settings.sh
source "${BASH_SOURCE[0]%/*}/settings.sh"

# Each ACME server has a folder of its own, so that a change from the staging server gets a certificate at once.
home=${directory#https://}
home=$state_dir/${home//[^A-Za-z0-9.-]/_}
lineage=$home/live/$host

fits() { # KEY CHAIN
  local key
  key=$(openssl pkey -in "$1" -pubout 2>/dev/null) || return 1
  [[ $key == "$(openssl x509 -in "$2" -noout -pubkey 2>/dev/null)" ]] || return 1
  # The rest of the chain: half of a file may still begin with a whole certificate.
  openssl crl2pkcs7 -nocrl -certfile "$2" -out /dev/null 2>/dev/null
}

whole_lineage() {
  local kind
  grep -qsxF '[renewalparams]' "$home/renewal/$host.conf" || return 1
  for kind in cert chain fullchain privkey; do [[ -s $lineage/$kind.pem ]] || return 1; done
  fits "$lineage/privkey.pem" "$lineage/cert.pem" && fits "$lineage/privkey.pem" "$lineage/fullchain.pem"
}

# certbot writes several files and does not clean up after having been killed between them: it then refuses to work
# ("live directory exists"), takes another name, or fails on half an account, at every attempt.
repair() {
  remove_half_accounts
  set_half_lineage_aside
}

remove_half_accounts() {
  local file
  while IFS= read -r -d '' file; do
    [[ $(tail -c 1 "$file" 2>/dev/null) == '}' ]] || rm -rf "${file%/*}"
  done < <(find "$home/accounts" -name '*.json' -print0 2>/dev/null)
}

set_half_lineage_aside() {
  local part found=() kept=$home/broken
  for part in renewal/"$host.conf" live/"$host" archive/"$host"; do [[ ! -e $home/$part ]] || found+=("$part"); done
  if ((${#found[@]} == 0)) || whole_lineage; then return; fi
  rm -rf "$kept"
  for part in "${found[@]}"; do
    mkdir -p "$kept/${part%%/*}"
    mv "$home/$part" "$kept/$part"
  done
  say "$host: an attempt that was cut off left half a certificate. It was moved to $kept; getting a new one."
}

# The ACME server no longer knows the account (a staging server forgets): certbot never makes another one by itself.
forget_account() {
  rm -rf "$home/accounts"
}

# shellcheck disable=SC2034  # if it fails, `reason` says why
install_certificate() {
  local new=$certificate_dir/.$host.pem.new
  if ! whole_lineage; then
    reason='certbot left half a certificate'
    return 1
  fi
  if cat "$lineage/privkey.pem" "$lineage/fullchain.pem" | cmp -s - "$installed"; then return; fi
  if ! (rm -f "$new" && umask 077 && cat "$lineage/privkey.pem" "$lineage/fullchain.pem" >"$new" && sync "$new" &&
    mv -f "$new" "$installed"); then
    reason="cannot write to $certificate_dir"
    return 1
  fi
  say "$host: new certificate, valid until $(end_of "$installed")."
}

time_of() { # SECONDS SINCE 1970
  date -u -d "@$1" '+%F %H:%M UTC'
}

end_of() { # CERTIFICATE
  local end
  end=$(openssl x509 -in "$1" -noout -enddate)
  date -u -d "${end#*=}" '+%F %H:%M UTC'
}

# A sentence on the certificate that the proxy has.
in_use() {
  if ! openssl x509 -in "$installed" -noout 2>/dev/null; then
    echo 'There is no certificate yet.'
  elif openssl x509 -in "$installed" -noout -checkend 0 >/dev/null; then
    echo "The certificate in use is valid until $(end_of "$installed")."
  else
    echo "The certificate in use expired at $(end_of "$installed")."
  fi
}

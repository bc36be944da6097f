# shellcheck shell=bash
# npm packages, and the node that they bring. Needs say.sh.

# Installs a package's dependencies as its lock file says, if that was not done yet for this lock file, and puts
# its programs (node 24 among them) first in PATH. The hash of the lock file is kept inside node_modules, so it
# goes away with it.
use_package() { # FOLDER
  local folder=$1 lock hash stamp
  lock=$folder/package-lock.json stamp=$folder/node_modules/.lock-hash
  hash=$(sha256sum <"$lock")
  if [[ $(cat "$stamp" 2>/dev/null) != "$hash" ]]; then
    command -v npm >/dev/null || fail "node 20 or newer with npm is needed in PATH to install the packages in $folder: https://nodejs.org/"
    [[ -w $folder ]] || fail "$(id -un) cannot install the npm packages: $folder may not be written to. Run the command once as its owner."
    (
      flock 9  # two commands may start at once on a fresh clone
      [[ $(cat "$stamp" 2>/dev/null) != "$hash" ]] || exit 0
      say "Installing npm packages in ${folder##*/}/"
      # Nothing is left in the home folder or in /tmp: npm's cache and logs are made here and removed.
      export npm_config_cache=$folder/.npm-cache npm_config_update_notifier=false NODE_DISABLE_COMPILE_CACHE=1
      trap 'rm -rf "$npm_config_cache"' EXIT
      umask 022  # who runs them may be another user
      # No install scripts but node's own: what else has one brings its binary along, and would start a compiler.
      cd "$folder" && npm ci --include=dev --ignore-scripts --no-audit --no-fund --loglevel=error >&2 &&
        npm rebuild node --loglevel=error >&2 && node_modules/.bin/node --version >/dev/null && printf '%s\n' "$hash" >"$stamp"
    ) 9<"$lock" || fail "npm ci in ${folder##*/}/ failed (see above)"
  fi
  PATH=$folder/node_modules/.bin:$PATH
}

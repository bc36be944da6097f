# shellcheck shell=bash
# Configuration of the commands that run without Docker. Needs say.sh.

# Exports NAME=VALUE lines of a file, unless the environment has a value (empty counts as none). It is read, never run:
# comments, 'literal' and "double quoted" values, an optional `export`; no expansion of any kind.
load_env_file() { # FILE
  local line name value number=0 double='^"(([^"\\]|\\.)*)"[[:space:]]*(#.*)?$' single="^'([^']*)'[[:space:]]*(#.*)?$"
  [[ -f $1 ]] || return 0
  while IFS= read -r line || [[ -n $line ]]; do
    number=$((number + 1))
    line=${line%$'\r'}
    [[ $line =~ ^[[:space:]]*(#|$) ]] && continue
    [[ $line =~ ^[[:space:]]*(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)[[:space:]]*=[[:space:]]*(.*)$ ]] ||
      fail "$1, line $number: this is not NAME=VALUE"
    name=${BASH_REMATCH[2]} value=${BASH_REMATCH[3]}
    if [[ $value =~ $double ]]; then
      value=${BASH_REMATCH[1]//\\\"/\"}
      value=${value//\\\\/\\}
    elif [[ $value =~ $single ]]; then
      value=${BASH_REMATCH[1]}
    elif [[ $value == [\"\']* ]]; then
      fail "$1, line $number: the quotation mark of $name is not closed"
    else
      value=${value%%[[:space:]]#*}
      [[ $value == \#* ]] && value=
      value=${value%"${value##*[![:space:]]}"}
    fi
    [[ -n ${!name-} ]] || export "$name=$value"
  done <"$1"
}

# Exports what ./serve and ./vitrine have in common. Options come first, then the environment, then .env, then
# defaults. Paths in .env are meant from the clone, as with docker compose.
vitrine_environment() { # ROOT [DATA]
  local name
  if [[ -n ${2-} ]]; then
    DATA_DIR=$(realpath -m "$2")
  fi
  cd "$1" || exit
  load_env_file "$1/.env"
  [[ -n ${IMAGE_DIR-} ]] || IMAGE_DIR=samples/images
  [[ -n ${DATA_DIR-} ]] || DATA_DIR=data
  [[ -n ${HTTP_PORT-} ]] || HTTP_PORT=8080
  for name in IMAGE_DIR DATA_DIR MANIFEST_DIR; do
    [[ -z ${!name-} ]] || printf -v "$name" %s "$(realpath -m "${!name}")"
  done
  export IMAGE_DIR DATA_DIR MANIFEST_DIR HTTP_PORT IMAGE_SERVER=iipsrv
  mkdir -p "$DATA_DIR" || fail "cannot make the data folder $DATA_DIR"
}

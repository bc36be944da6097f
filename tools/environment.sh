# shellcheck shell=bash
# Configuration of the commands that run without Docker. Needs say.sh.

# What editors put between words and cannot be seen: a blank that does not break, a mark of no width.
readonly no_break=$'\xc2\xa0' no_width=$'\xef\xbb\xbf'
# And the quotation marks that they make of plain ones: ‘ ’ “ ” „
readonly curly=$'(\xe2\x80\x98|\xe2\x80\x99|\xe2\x80\x9c|\xe2\x80\x9d|\xe2\x80\x9e)'

# Exports NAME=VALUE lines of a file, unless the environment has a value (empty counts as none). It is read, never run:
# comments, 'literal' and "double quoted" values, an optional `export`; no expansion of any kind. What editors leave is
# tolerated: the mark at the beginning, line ends of Windows and of old Macs, blanks that do not break around the parts.
load_env_file() { # FILE
  local line name value number=0 blank="([[:space:]]|$no_break)" double='^"(([^"\\]|\\.)*)"[[:space:]]*(#.*)?$' single="^'([^']*)'[[:space:]]*(#.*)?$"
  [[ -e $1 ]] || return 0
  [[ -f $1 ]] || fail "$1 is a folder. It has to be a file with lines of NAME=VALUE: cp .env.template .env"
  [[ -r $1 ]] || fail "$1 may not be read by $(id -un). Give that user the permission: chmod u+r, or chown."
  [[ $(head -c 4 -- "$1" | od -An -tx1) != *' 00'* ]] ||
    fail "$1 is written in UTF-16. Save it as UTF-8."
  while IFS= read -r line || [[ -n $line ]]; do
    number=$((number + 1))
    ((number > 1)) || line=${line#"$no_width"}
    while [[ $line =~ ^(.*)$blank$ ]]; do line=${BASH_REMATCH[1]}; done
    [[ $line =~ ^$blank*(#|$) ]] && continue
    [[ $line =~ ^$blank*(export$blank+)?([A-Za-z_][A-Za-z0-9_]*)$blank*=$blank*(.*)$ ]] ||
      fail "$1, line $number: this is not NAME=VALUE"
    name=${BASH_REMATCH[4]} value=${BASH_REMATCH[7]}
    if [[ $value =~ $double ]]; then
      value=${BASH_REMATCH[1]//\\\"/\"}
      value=${value//\\\\/\\}
    elif [[ $value =~ $single ]]; then
      value=${BASH_REMATCH[1]}
    elif [[ $value == [\"\']* ]]; then
      fail "$1, line $number: the quotation mark of $name is not closed"
    elif [[ $value =~ ^$curly ]]; then
      fail "$1, line $number: the quotation marks of $name are those of a text editor. Write \" or '."
    else
      value=${value%%[[:space:]]#*}
      [[ $value == \#* ]] && value=
      value=${value%"${value##*[![:space:]]}"}
    fi
    [[ -n ${!name-} ]] || export "$name=$value"
  done < <(sed 's/\r$//' -- "$1" | tr '\r' '\n')
}

# Exports what ./serve and ./vitrine have in common. Options come first, then the environment, then .env, then
# defaults. Paths in .env are meant from the clone, as with docker compose.
vitrine_environment() { # ROOT [DATA]
  local name
  if [[ -n ${2-} ]]; then
    DATA_DIR=$(realpath -m "$2")
  fi
  cd -- "$1" || exit
  load_env_file "$1/.env"
  [[ -n ${IMAGE_DIR-} ]] || IMAGE_DIR=samples/images
  [[ -n ${DATA_DIR-} ]] || DATA_DIR=data
  [[ -n ${HTTP_PORT-} ]] || HTTP_PORT=8080
  for name in IMAGE_DIR DATA_DIR MANIFEST_DIR; do
    [[ -z ${!name-} ]] || printf -v "$name" %s "$(realpath -m "${!name}")"
  done
  export IMAGE_DIR DATA_DIR MANIFEST_DIR HTTP_PORT IMAGE_SERVER=iipsrv
  # Others may enter it, whatever the umask: what is private in it is so by its own mode.
  (umask 022 && mkdir -p -- "$DATA_DIR") 2>/dev/null || true
  [[ -w $DATA_DIR && -x $DATA_DIR ]] ||
    fail "$(id -un) cannot write to the data folder $DATA_DIR. Give that user the permission, or choose another folder with --data."
  talk_to_itself_directly
}

# Our processes ask each other by 127.0.0.1, where no proxy of the network is of any use. Node asks one for everything,
# if NODE_USE_ENV_PROXY or NODE_OPTIONS says so.
talk_to_itself_directly() {
  local name
  for name in no_proxy NO_PROXY; do export "$name=127.0.0.1,localhost${!name:+,${!name}}"; done
}

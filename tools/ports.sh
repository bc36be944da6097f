# shellcheck shell=bash
# Ports of this machine. Only may_listen needs a program besides bash: node.

# Whether something listens there. Both families: nginx listens on both.
port_taken() { # PORT
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || (exec 3<>"/dev/tcp/::1/$1") 2>/dev/null
}

# Whether this user may listen there. A port below 1024 may be for root only, and only where root has the capability.
may_listen() { # PORT
  node -e 'require("net").createServer().on("error", ({ code }) => process.exit(code === "EACCES" ? 1 : 0))
    .listen(+process.argv[1], "0.0.0.0", () => process.exit(0))' "$1"
}

# Writes a port that nobody listens on, below those that the system hands out to clients. By chance rather than in
# order, so that two commands that start at once do not choose the same one.
free_port() {
  local port
  while port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000)); port_taken "$port"; do :; done
  printf '%s\n' "$port"
}

# The status of a GET, or nothing if there is no answer within two seconds. nginx knows the name: it asks for itself.
http_status() { # PORT PATH
  local status=
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1"
    printf 'GET %s HTTP/1.0\r\nUser-Agent: vitrine-health\r\n\r\n' "$2" >&3
    read -r -t 2 _ status _ <&3
    printf '%s\n' "$status"
  ) 2>/dev/null || true
}

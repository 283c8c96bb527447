# shellcheck shell=bash
# What bin/demo, bin/test and Tests/Support/fleet do to the machine that they run on. To be sourced.

# find_program NAME: prints its path. sshd and nologin are not in everybody's PATH.
find_program() { PATH="$PATH:/usr/sbin:/sbin:/usr/local/sbin" command -v "$1"; }

# find_python: prints a Python that can make virtual environments. The interpreter itself and not a wrapper around it,
# because an ssh session has a shorter PATH than this one.
find_python() {
  local candidate
  for candidate in /usr/bin/python3 python3; do
    "$candidate" -c 'import sys, venv, ensurepip; assert sys.version_info >= (3, 9); print(sys.executable)' 2>/dev/null && return
  done
  return 1
}

# install_packages PACKAGE...: Debian's, if this user can. Nothing that they bring begins to listen on this machine's own
# addresses: a new sshd would.
install_packages() {
  local policy=/usr/sbin/policy-rc.d made_policy="" status=0 output
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    made_policy=yes
  fi
  export DEBIAN_FRONTEND=noninteractive
  output=$({
    apt-get install -y --no-install-recommends "$@" ||
      { apt-get update && apt-get install -y --no-install-recommends "$@"; }
  } </dev/null 2>&1) || status=1
  if [ -n "$made_policy" ]; then rm -f "$policy"; fi
  if [ "$status" != 0 ]; then printf '%s\n' "$output" | tail -n 5 >&2; fi
  return "$status"
}

# cache_folder NAME OTHERWISE: prints a folder that outlives this run, or OTHERWISE where there can be none.
cache_folder() {
  local folder=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
  folder=${folder:+$folder/$1}
  if [ -z "$folder" ] || ! mkdir -p "$folder" 2>/dev/null || [ ! -w "$folder" ]; then
    folder=$2
    mkdir -p "$folder"
  fi
  echo "$folder"
}

# is_gone PID: a process that nobody has reaped is gone, too.
is_gone() {
  case "$(ps -o stat= -p "$1" 2>/dev/null)" in
    "" | *Z*) true ;;
    *) false ;;
  esac
}

# end_processes PID...: asks, waits for up to five seconds, then insists.
end_processes() {
  local pid waited=0
  kill "$@" 2>/dev/null || true
  for pid in "$@"; do
    until is_gone "$pid"; do
      if [ $((waited += 1)) -gt 50 ]; then
        kill -s KILL "$pid" 2>/dev/null || true
        break
      fi
      sleep 0.1
    done
  done
}

# descendants PID...: these processes and all below them.
descendants() {
  ps -A -o pid= -o ppid= | awk -v roots="$*" '
    BEGIN { count = split(roots, root, " "); for (i = 1; i <= count; i++) wanted[root[i]] = 1 }
    { parent[$1] = $2 }
    END {
      do { changed = 0
        for (pid in parent) if (!(pid in wanted) && parent[pid] in wanted) { wanted[pid] = 1; changed = 1 }
      } while (changed)
      for (pid in wanted) print pid
    }'
}

# in_background LOG COMMAND...: starts it in a process group of its own; its process id is $!. Job control leaves it its
# signals: a plain "&" makes it ignore SIGINT, and then every command on a host of the fleet would, too.
in_background() {
  local log=$1
  shift
  set -m
  "$@" </dev/null >>"$log" 2>&1 &
  set +m
}

# make_ssh_client FOLDER PORT ADDRESS...: a host key, a client key and a configuration for ssh that knows both. The
# user's own keys, agent, known hosts and settings are neither used nor changed.
make_ssh_client() {
  local folder=$1 port=$2 key address
  shift 2
  mkdir -p "$folder"
  for key in host_key client_key; do
    rm -f "$folder/$key" "$folder/$key.pub"
    ssh-keygen -q -t ed25519 -N "" -C pushbutton -f "$folder/$key"
  done
  for address in "$@"; do
    echo "[$address]:$port $(cut -d' ' -f1,2 "$folder/host_key.pub")"
  done | sort -u >"$folder/known_hosts"
  cat >"$folder/config" <<END
Port $port
User $(id -un)
IdentityFile "$folder/client_key"
IdentitiesOnly yes
IdentityAgent none
UserKnownHostsFile "$folder/known_hosts"
GlobalKnownHostsFile /dev/null
StrictHostKeyChecking yes
UpdateHostKeys no
BatchMode yes
END
}

# sshd_settings FOLDER PORT ADDRESS...: prints what every sshd of ours has in common; FOLDER is make_ssh_client's.
sshd_settings() {
  local folder=$1 port=$2
  shift 2
  printf 'ListenAddress %s\n' "$@" | sort -u
  cat <<END
Port $port
HostKey "$folder/host_key"
AuthorizedKeysFile "$folder/client_key.pub"
PidFile none
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
X11Forwarding no
UseDNS no
MaxStartups 200
END
}

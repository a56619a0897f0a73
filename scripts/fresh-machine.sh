#!/bin/bash
# Portico on a fresh machine, as a newcomer meets it: a minimal Debian with git, certificates and
# this machine's Node.js, in namespaces of its own. Clones this checkout's HEAD there, runs
# `npm start`, and says how long it took until the page was there; then starts a second time and
# asks the doctor. The machine itself is not changed: the fresh one has its own /dev, network
# (through slirp4netns), processes and cgroups.
#   scripts/fresh-machine.sh [--suite bookworm|trixie] [--init none|systemd] [--vm] [--shell]
#     --init systemd   boots as a real machine does; none is how a container is
#     --vm             makes a VM in a browser and waits for its screen (needs what npm test needs)
#     --shell          opens a shell in it at the end, with the portal running
# Needs root, debootstrap, slirp4netns and curl. The base systems stay in PORTICO_FRESH_DIR
# (/var/tmp/portico-fresh); everything else goes when it ends.
set -euo pipefail
suite=bookworm init=none vm=no shell=no
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=${2:?} && shift 2 ;;
    --init) init=${2:?} && shift 2 ;;
    --vm) vm=yes && shift ;;
    --shell) shell=yes && shift ;;
    *) echo "unknown: $1" >&2; exit 2 ;;
  esac
done
case $suite in bookworm | trixie) ;; *) echo "--suite $suite: bookworm or trixie" >&2; exit 2 ;; esac
case $init in none | systemd) ;; *) echo "--init $init: none or systemd" >&2; exit 2 ;; esac
[ "$(id -u)" = 0 ] || { echo "root rights are needed" >&2; exit 1; }
for program in debootstrap slirp4netns curl node; do
  command -v "$program" >/dev/null && continue
  echo "$program is missing: apt-get install debootstrap slirp4netns curl" >&2
  exit 1
done

here=$(cd "$(dirname "$0")" && pwd)
checkout=$(dirname "$here")
store=${PORTICO_FRESH_DIR:-/var/tmp/portico-fresh}
base=$store/$suite-$init
mkdir -p "$store"
work=$(mktemp -d "$store/run-XXXXXX")
outer="" machine="" network=""

say() { printf '\n── %s\n' "$*"; }
# Seconds since the argument, itself of this.
now() { date +%s.%N; }
since() { awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.1f s", to - from }'; }

clean_up() {
  [ -z "$outer" ] || kill -KILL "$outer" 2>/dev/null || true
  [ -z "$network" ] || kill "$network" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# --- a base system, kept between runs
if [ ! -e "$base/.complete" ]; then
  say "debootstrap $suite"
  packages=git,ca-certificates
  [ "$init" = none ] || packages=$packages,systemd-sysv,dbus
  rm -rf --one-file-system "$base"
  debootstrap --variant=minbase --include="$packages" "$suite" "$base" >"$work/debootstrap.log" 2>&1 ||
    { tail -5 "$work/debootstrap.log" >&2; exit 1; }
  # Certificates of this machine's own, for those whose way out needs one.
  cp -a /usr/local/share/ca-certificates/. "$base/usr/local/share/ca-certificates/"
  chroot "$base" update-ca-certificates >/dev/null 2>&1
  touch "$base/.complete"
fi

# --- the machine: one layer over the base, gone afterwards
mkdir "$work"/{upper,overlay,root}
mkdir -p "$work"/upper/{root,usr/bin,usr/lib/node_modules}
node_home=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
cp -L "$(command -v node)" "$work/upper/usr/bin/node"
cp -a "$node_home" "$work/upper/usr/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$work/upper/usr/bin/npm"
git -C "$checkout" bundle create -q "$work/upper/root/portico.bundle" HEAD
mkfifo "$work/go"
unshare --mount --uts --ipc --net --pid --cgroup --fork --kill-child \
  bash "$here/fresh-machine/init.sh" "$base" "$work" "$init" <"$work/go" &
outer=$!
exec 9>"$work/go"
until machine=$(pgrep -P "$outer" | head -1) && [ -n "$machine" ]; do sleep 0.05; done
slirp4netns --configure --mtu=1400 --disable-host-loopback --ready-fd=3 "$machine" tap0 \
  3>"$work/network-ready" >"$work/network.log" 2>&1 &
network=$!
until [ -s "$work/network-ready" ]; do
  kill -0 "$network" 2>/dev/null || { cat "$work/network.log" >&2; exit 1; }
  sleep 0.05
done
echo go >&9
exec 9>&-

# Runs a command in the machine, with what a login has and nothing of ours.
inside() {
  local ca=/etc/ssl/certs/ca-certificates.crt
  nsenter --target "$machine" --all --root --wdns=/root -- env -i HOME=/root USER=root \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM="${TERM:-dumb}" \
    NODE_EXTRA_CA_CERTS=$ca PORTICO_VIRT_TYPE="${PORTICO_VIRT_TYPE:-}" "$@"
}
until inside test -e /run/portico-fresh-up 2>/dev/null; do
  kill -0 "$outer" 2>/dev/null || { echo "the machine ended" >&2; exit 1; }
  sleep 0.1
done
inside sh -c '. /etc/os-release; echo "$PRETTY_NAME, Node.js $(node --version), process 1: $(cat /proc/1/comm)"'

# --- two commands
portal=""
start_portal() {
  local from
  from=$(now)
  inside sh -c 'cd /root/portico && exec npm start' >"$work/$1.log" 2>&1 &
  portal=$!
  until page 2>/dev/null; do
    kill -0 "$portal" 2>/dev/null || { cat "$work/$1.log"; echo "npm start ended" >&2; exit 1; }
    sleep 0.1
  done
  took=$(since "$from")
}
page() { nsenter --target "$machine" --net -- curl -fsSL --max-time 10 -o "$work/page.html" http://localhost:3000/; }
# Printed in the moment after the page is there.
set_up_link() {
  for _ in {1..100}; do
    grep -o 'http://[^ ]*/setup?token=[^ ]*' "$work/$1.log" && return
    sleep 0.1
  done
  echo "no set-up link" >&2
  return 1
}
# By the process that listens, as Ctrl-C would: npm does not pass a signal on.
stop_portal() {
  local listener
  listener=$(inside ss -Hltnp 'sport = :3000' | sed -n 's/.*pid=\([0-9]*\).*/\1/p')
  inside sh -c "kill -INT ${listener:?}"
  wait "$portal" || true
}

say "git clone"
from=$(now)
inside git -c advice.detachedHead=false -c init.defaultBranch=main clone -q portico.bundle portico
inside git -C portico log --oneline -1
since "$from"
say "npm start"
start_portal first
grep -vE '^[├└┌ƒ○λ◐ ]' "$work/first.log" || true
echo "the page was there after $took"
set_up_link first >/dev/null
say "npm run doctor"
# The portal makes pools and network in the moment after its page is there.
for _ in {1..30}; do
  inside sh -c 'cd portico && npm run -s doctor' >"$work/doctor.log" 2>&1 && healthy=yes && break
  sleep 1
done
cat "$work/doctor.log"
[ "${healthy:-no}" = yes ] || exit 1
say "npm start, again"
stop_portal
start_portal second
cat "$work/second.log"
echo "the page was there after $took"
if [ "$vm" = yes ]; then
  say "a VM"
  link=$(set_up_link second)
  (cd "$checkout" && nsenter --target "$machine" --net -- node node_modules/tsx/dist/cli.mjs \
    scripts/fresh-machine/first-vm.ts "$link" "$store/$suite-$init.png")
  echo "its screen: $store/$suite-$init.png"
  inside virsh -q list --all
  inside virsh -q list --name --state-running | grep -q . || exit 1
fi
if [ "$shell" = yes ]; then
  say "a shell; its process 1 is $machine here"
  inside bash || true
fi
stop_portal

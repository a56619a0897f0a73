#!/bin/bash
# The first process of scripts/fresh-machine.sh's machine, in new namespaces. Everything mounted
# here is seen here only. Waits for a line on standard input: by then the network is there.
set -euo pipefail
base=${1:?} work=${2:?} init=${3:?}
[ $$ = 1 ] || { echo "this changes mounts: scripts/fresh-machine.sh starts it" >&2; exit 1; }
root=$work/root
mount --make-rprivate /
mount -t overlay -o "lowerdir=$base,upperdir=$work/upper,workdir=$work/overlay" fresh "$root"
mount -t tmpfs -o mode=0755 run "$root/run"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"

# --- /dev: nodes of its own. libvirt changes their owners, which must not reach the machine's.
mount -t tmpfs -o mode=0755 dev "$root/dev"
mkdir "$root"/dev/{net,pts,shm}
node() { mknod -m "$2" "$root/dev/$1" c "$3" "$4"; }
node null 666 1 3
node zero 666 1 5
node full 666 1 7
node random 666 1 8
node urandom 666 1 9
node tty 666 5 0
node net/tun 666 10 200
[ ! -e /dev/kvm ] || node kvm 660 10 232
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"
ln -s /proc/self/fd/1 "$root/dev/stdout"
ln -s /proc/self/fd/2 "$root/dev/stderr"
ln -s pts/ptmx "$root/dev/ptmx"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 shm "$root/dev/shm"

# --- /proc and /sys: settings of the kernel stay the machine's, those of the network are ours.
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount --bind "$root/proc/sys/net" "$root/proc/sys/net"
mount -o remount,bind,ro "$root/proc/sys"
[ ! -e /proc/sysrq-trigger ] || mount --bind /dev/null "$root/proc/sysrq-trigger"
mount -t sysfs sysfs "$root/sys"
mount --bind "$root/sys/devices/virtual/net" "$root/sys/devices/virtual/net"
mount -o remount,bind,ro "$root/sys"
mount -t cgroup2 cgroup "$root/sys/fs/cgroup"

hostname fresh
ip link set lo up
echo "127.0.0.1 localhost fresh" > "$root/etc/hosts"
echo fresh > "$root/etc/hostname"
read -r _
echo "nameserver 10.0.2.3" > "$root/etc/resolv.conf"

# Not chroot: libvirt enters a guest's mounts, which leads to the namespace's own root, and makes
# device nodes there. After pivot_root the machine's files and devices are nowhere to be found.
cd "$root"
mkdir -p mnt/machine
pivot_root . mnt/machine
cd /
umount -l /mnt/machine
rmdir /mnt/machine
exec </dev/null
if [ "$init" = systemd ]; then
  # A console that nobody reads; the machine says that it is up through a unit of its own.
  touch /dev/console
  mount --bind /dev/null /dev/console
  cat > /etc/systemd/system/portico-fresh-up.service <<UNIT
[Unit]
After=dbus.service network.target
[Service]
Type=oneshot
ExecStart=/usr/bin/touch /run/portico-fresh-up
[Install]
WantedBy=multi-user.target
UNIT
  mkdir -p /etc/systemd/system/multi-user.target.wants
  ln -sf ../portico-fresh-up.service /etc/systemd/system/multi-user.target.wants/
  exec env -i PATH="$PATH" container=portico-fresh /sbin/init
fi
touch /run/portico-fresh-up
# Reaps orphans, as any first process should.
exec env -i PATH="$PATH" /bin/bash -c 'while :; do sleep 3600 & wait $!; done'

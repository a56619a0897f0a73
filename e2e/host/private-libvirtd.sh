#!/bin/bash
# The first process of a private host. private-host.ts starts it by
#   unshare --mount --uts --net --pid --fork private-libvirtd.sh DIR NAME QEMU_USER
# so that everything below happens in namespaces of its own: the machine's libvirtd, /etc, /run,
# network and guests stay as they are. It prints READY, then turns into tini, which reaps orphans
# (libvirt takes an unreaped QEMU for a living one) and lives as long as standard input is open:
# when the test process goes away, for whatever reason, the kernel ends the whole namespace.
set -euo pipefail
dir=${1:?directory} name=${2:?host name} qemu_user=${3:?user of QEMU}
[ $$ = 1 ] || { echo "this changes mounts: start it by unshare, as private-host.ts does" >&2; exit 1; }

mount --make-rprivate /
mount -t proc proc /proc
mount -t sysfs sysfs /sys
hostname "$name"
ip link set lo up

# --- /dev: what QEMU and libvirt need, and no kvm (a /dev/kvm that does not work makes libvirt
# probe QEMU again at every call). Nodes are bound, not made: mknod is not allowed everywhere.
mkdir -p "$dir"/{dev,etc,lib,run,cache,log}
mount -t tmpfs -o mode=0755 dev "$dir/dev"
mkdir "$dir"/dev/{net,pts,shm}
for node in null zero full random urandom tty net/tun loop-control loop0 loop1 fuse; do
  [ -e "/dev/$node" ] || continue
  touch "$dir/dev/$node"
  mount --bind "/dev/$node" "$dir/dev/$node"
done
ln -s /proc/self/fd "$dir/dev/fd"
ln -s pts/ptmx "$dir/dev/ptmx"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$dir/dev/pts"
mount -t tmpfs -o mode=1777 shm "$dir/dev/shm"
mount --rbind "$dir/dev" /dev
# Before libvirtd starts, which looks for it once. A kernel without huge pages has none to mount.
mkdir /dev/hugepages
mount -t hugetlbfs hugetlbfs /dev/hugepages || rmdir /dev/hugepages

# --- configuration: what a fresh installation has, nothing of this machine's own guests
mkdir -p "$dir/etc/qemu/networks"
if [ -d /usr/share/libvirt/nwfilter ]; then
  cp -a /usr/share/libvirt/nwfilter "$dir/etc/nwfilter"
fi
if [ -f /usr/share/libvirt/networks/default.xml ]; then
  cp /usr/share/libvirt/networks/default.xml "$dir/etc/qemu/networks/default.xml"
fi
cat > "$dir/etc/libvirtd.conf" <<END
auth_unix_rw = "none"
unix_sock_rw_perms = "0777"
host_uuid = "$(cat /proc/sys/kernel/random/uuid)"
log_outputs = "2:file:$dir/libvirtd.log"
END
cat > "$dir/etc/qemu.conf" <<END
user = "$qemu_user"
group = "$qemu_user"
security_driver = "none"
namespaces = []
cgroup_controllers = []
stdio_handler = "file"
max_core = 0
END
for pair in etc:/etc/libvirt lib:/var/lib/libvirt cache:/var/cache/libvirt log:/var/log/libvirt run:/run; do
  mkdir -p "${pair#*:}"
  mount --bind "$dir/${pair%%:*}" "${pair#*:}"
done
mkdir -p /run/lock /var/lib/libvirt/{images,boot,dnsmasq}
chmod 0711 /var/lib/libvirt/images /var/lib/libvirt/boot

libvirtd --daemon --pid-file "$dir/libvirtd.pid" </dev/null >>"$dir/libvirtd.out" 2>&1
echo READY
exec tini -- cat >/dev/null

#!/bin/bash
# build-guest-iso.sh OUT.iso WORK: a small Linux that boots from its ISO (BIOS; UEFI too where
# GRUB's EFI modules are installed), installs itself to the first disk and starts from there.
# Made of the distribution's own packages: the kernel for clouds (Debian) or virtual machines
# (Ubuntu), static busybox, qemu-guest-agent. WORK keeps the downloaded packages between builds.
# Needs grub-pc-bin grub-common xorriso mtools cpio kmod binutils zstd (and grub-efi-amd64-bin).
set -euo pipefail
out=${1:?output file} work=${2:?work folder}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
packages=$work/packages unpacked=$work/unpacked build=$work/build
rm -rf "$unpacked" "$build"
mkdir -p "$packages" "$unpacked" "$build" "$(dirname "$out")"

# --- packages
if ! ls "$packages"/linux-image-*.deb "$packages"/busybox-static_*.deb "$packages"/qemu-guest-agent_*.deb >/dev/null 2>&1; then
  depends() { apt-cache depends "$1" 2>/dev/null | awk -v pattern="$2" '$1 == "Depends:" && $2 ~ pattern { print $2; exit }'; }
  image=$(depends linux-image-cloud-amd64 '^linux-image-')
  image=${image:-$(depends linux-image-virtual '^linux-image-')}
  # Ubuntu keeps the modules in a package of their own.
  modules=$(depends "$image" '^linux-modules-')
  # shellcheck disable=SC2086
  (cd "$packages" && apt-get download -qq "$image" $modules busybox-static qemu-guest-agent)
fi
for package in "$packages"/*.deb; do dpkg -x "$package" "$unpacked"; done
version=$(ls "$unpacked/lib/modules")
kernel=$unpacked/boot/vmlinuz-$version

# --- root file system: our files, busybox under all its names, the agent with its libraries
root=$build/root
cp -a "$here/root" "$root"
mkdir -p "$root"/{proc,sys,dev,run,tmp,mnt,root,var/log,etc/qemu,usr/sbin,"lib/modules/$version"}
cp "$(find "$unpacked" -path '*/bin/busybox' -type f)" "$root/bin/busybox"
for name in $("$root/bin/busybox" --list); do
  [ -e "$root/bin/$name" ] || ln -s busybox "$root/bin/$name"
done
ln -s ../bin/busybox "$root/sbin/init"
ln -s ../bin/modprobe "$root/sbin/modprobe"
cp "$unpacked/usr/sbin/qemu-ga" "$root/usr/sbin/"
ldd "$root/usr/sbin/qemu-ga" | grep -o '/[^ ]*' | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done

# --- kernel modules, with what they depend on
cp "$unpacked/lib/modules/$version"/modules.{builtin,order} "$root/lib/modules/$version/"
depmod -b "$unpacked" "$version"
while read -r module; do
  modprobe -d "$unpacked" -S "$version" --show-depends "$module" 2>/dev/null |
    awk '$1 == "insmod" { print $2 }' || true
done < "$here/root/etc/modules" | sort -u | while read -r file; do
  target=$root/lib/modules/$version/${file#*"/$version/"}
  mkdir -p "$(dirname "$target")"
  cp "$file" "$target"
done
# Busybox's modprobe does not unpack them.
find "$root/lib/modules" -name '*.ko.zst' -exec zstd -q -d --rm {} +
find "$root/lib/modules" -name '*.ko.xz' -exec xz -d {} +
find "$root/lib/modules" -name '*.ko' -exec strip --strip-debug {} +
depmod -b "$root" "$version"
(cd "$root" && find . | cpio -o -H newc --quiet --owner=0:0) | gzip -1 > "$build/initrd"

# --- what the installer writes: boot sector and GRUB core (head.img), kernel, initrd
payload=$build/payload-root/payload
mkdir -p "$payload"
cp "$kernel" "$payload/vmlinuz"
cp "$build/initrd" "$payload/initrd"
cp "$here/grub/disk.cfg" "$payload/grub.cfg"
core_modules="part_msdos fat linux normal serial terminal configfile search search_fs_file echo"
# shellcheck disable=SC2086
grub-mkimage -O i386-pc -c "$here/grub/find-disk.cfg" -p /boot/grub -o "$build/core.img" biosdisk $core_modules
head -c 440 /usr/lib/grub/i386-pc/boot.img > "$build/mbr"
# Disk signature, then one active FAT32 partition of 64 MiB from sector 2048 on.
printf 'PTGO\0\0' >> "$build/mbr"
printf '\x80\x00\x02\x00\x0c\xfe\xff\xff\x00\x08\x00\x00\x00\x00\x02\x00' >> "$build/mbr"
head -c 48 /dev/zero >> "$build/mbr"
printf '\x55\xaa' >> "$build/mbr"
cat "$build/mbr" "$build/core.img" > "$payload/head.img"
truncate -s 1M "$payload/head.img"
if [ -d /usr/lib/grub/x86_64-efi ]; then
  mkdir -p "$payload/EFI/BOOT"
  # shellcheck disable=SC2086
  grub-mkimage -O x86_64-efi -c "$here/grub/find-disk.cfg" -p /boot/grub -o "$payload/EFI/BOOT/BOOTX64.EFI" $core_modules
fi
(cd "$build/payload-root" && find . | cpio -o -H newc --quiet --owner=0:0) > "$build/payload"

# --- the ISO
mkdir -p "$build/iso/boot/grub"
cp "$kernel" "$build/iso/boot/vmlinuz"
cp "$build/initrd" "$build/payload" "$build/iso/boot/"
cp "$here/grub/cd.cfg" "$build/iso/boot/grub/grub.cfg"
grub-mkrescue -o "$out.part" "$build/iso" --modules="iso9660 linux normal" -- -volid PORTICO_TEST \
  > "$build/mkrescue.log" 2>&1 || { tail -20 "$build/mkrescue.log" >&2; exit 1; }
mv "$out.part" "$out"
rm -rf "$unpacked" "$build"

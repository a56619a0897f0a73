#!/bin/bash
# build-guest-iso.sh OUT.iso WORK [KERNEL]: a small Linux that boots from its ISO (BIOS; UEFI too where
# GRUB's EFI modules are installed), installs itself to the first disk and starts from there.
# Made of the distribution's own packages: with KERNEL `small` (when left out) that for clouds (Debian)
# or virtual machines (Ubuntu), with `graphics` the one that knows graphics cards; static busybox, qemu-guest-agent, a keymap. WORK keeps the downloaded packages between builds.
# Needs isolinux syslinux syslinux-common xorriso mtools cpio kmod binutils zstd (and grub-common,
# grub-efi-amd64-bin).
set -euo pipefail
out=${1:?output file} work=${2:?work folder} kind=${3:-small}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
packages=$work/packages unpacked=$work/unpacked build=$work/build
rm -rf "$unpacked" "$build"
mkdir -p "$packages" "$unpacked" "$build" "$(dirname "$out")"

# --- packages
if ! ls "$packages"/linux-image-*.deb "$packages"/busybox-static_*.deb "$packages"/{qemu-guest-agent,kbd,console-data}_*.deb >/dev/null 2>&1; then
  depends() { apt-cache depends "$1" 2>/dev/null | awk -v pattern="$2" '$1 == "Depends:" && $2 ~ pattern { print $2; exit }'; }
  case $kind in
    small) debian=linux-image-cloud-amd64 ubuntu=linux-image-virtual ;;
    graphics) debian=linux-image-amd64 ubuntu=linux-image-generic ;;
  esac
  image=$(depends $debian '^linux-image-')
  image=${image:-$(depends $ubuntu '^linux-image-')}
  # Ubuntu keeps the modules in a package of their own.
  modules=$(depends "$image" '^linux-modules-')
  # What an older list of packages left: there may be another kernel by now, and one is expected.
  rm -f "$packages"/*.deb
  # shellcheck disable=SC2086
  (cd "$packages" && apt-get download -qq "$image" $modules busybox-static qemu-guest-agent kbd console-data)
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

# --- a German keyboard besides the kernel's own, for busybox's loadkmap
keymaps=$unpacked/usr/share/keymaps
mkdir -p "$root/etc/keymaps"
LOADKEYS_KEYMAP_PATH=$keymaps "$(find "$unpacked" -path '*bin/loadkeys' -type f)" \
  -b "$keymaps/i386/qwertz/de-latin1.kmap.gz" > "$root/etc/keymaps/de.bmap"

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

# --- UEFI: GRUB, which looks for the folder that it starts from
efi=
if [ -d /usr/lib/grub/x86_64-efi ]; then
  efi=$build/BOOTX64.EFI
  grub-mkimage -O x86_64-efi -c "$here/grub/find.cfg" -p /boot/grub -o "$efi" \
    part_msdos fat iso9660 linux normal configfile search search_fs_file
fi

# --- what the installer writes: the first 8 MiB of a disk whose one partition (64 MiB from 1 MiB on)
# starts what is put into it. BIOS starts by SYSLINUX, here and on the ISO: under emulation GRUB takes
# longer to read the kernel than the kernel takes to start.
head=$build/head.img partition=$build/partition.img
truncate -s 64M "$partition"
mformat -i "$partition" -F -h 16 -s 63 -T $((64 * 2048)) -H 2048 ::
mmd -i "$partition" ::/boot ::/boot/grub
mcopy -i "$partition" "$here/grub/disk.cfg" ::/boot/grub/grub.cfg
mcopy -i "$partition" "$here/syslinux/disk.cfg" ::/syslinux.cfg
if [ -n "$efi" ]; then
  mmd -i "$partition" ::/EFI ::/EFI/BOOT
  mcopy -i "$partition" "$efi" ::/EFI/BOOT/BOOTX64.EFI
fi
syslinux --install "$partition"
head -c 440 /usr/lib/syslinux/mbr/mbr.bin > "$head"
# Disk signature, then the partition: active, FAT32.
printf 'PTGO\0\0\x80\x00\x02\x00\x0c\xfe\xff\xff\x00\x08\x00\x00\x00\x00\x02\x00' >> "$head"
head -c 48 /dev/zero >> "$head"
printf '\x55\xaa' >> "$head"
truncate -s 1M "$head"
head -c 7M "$partition" >> "$head"

# --- the ISO, which BIOS starts from a disk too. What only the installer has tells it that it was started from the CD.
iso=$build/iso
mkdir -p "$iso/boot/grub" "$iso/isolinux" "$build/installer/etc"
touch "$build/installer/etc/installer"
(cd "$build/installer" && find . | cpio -o -H newc --quiet --owner=0:0) > "$iso/boot/installer"
cp "$kernel" "$iso/boot/vmlinuz"
cp "$build/initrd" "$iso/boot/"
gzip -1 < "$head" > "$iso/head.img.gz"
cp /usr/lib/ISOLINUX/isolinux.bin /usr/lib/syslinux/modules/bios/ldlinux.c32 "$iso/isolinux/"
cp "$here/syslinux/cd.cfg" "$iso/isolinux/isolinux.cfg"
uefi=()
if [ -n "$efi" ]; then
  cp "$here/grub/cd.cfg" "$iso/boot/grub/grub.cfg"
  truncate -s 4M "$iso/boot/efi.img"
  mformat -i "$iso/boot/efi.img" ::
  mmd -i "$iso/boot/efi.img" ::/EFI ::/EFI/BOOT
  mcopy -i "$iso/boot/efi.img" "$efi" ::/EFI/BOOT/BOOTX64.EFI
  uefi=(-eltorito-alt-boot -e boot/efi.img -no-emul-boot)
fi
xorriso -as mkisofs -quiet -R -V PORTICO_TEST -o "$out.part" \
  -b isolinux/isolinux.bin -c isolinux/boot.cat -no-emul-boot -boot-load-size 4 -boot-info-table \
  -isohybrid-mbr /usr/lib/ISOLINUX/isohdpfx.bin "${uefi[@]}" "$iso" > "$build/xorriso.log" 2>&1 || { tail -20 "$build/xorriso.log" >&2; exit 1; }
mv "$out.part" "$out"
rm -rf "$unpacked" "$build"

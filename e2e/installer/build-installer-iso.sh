#!/bin/bash
# build-installer-iso.sh PACKAGE OUT.iso WORK: an ISO that starts Debian's own text installer from
# BIOS, of the kernel and initrd in the distribution's package, which is unpacked and not installed.
# Needs isolinux syslinux-common xorriso.
set -euo pipefail
package=${1:?package} out=${2:?output file} work=${3:?work folder}
rm -rf "$work"
mkdir -p "$work/iso/isolinux" "$(dirname "$out")"
(cd "$work" && apt-get download -qq "$package")
dpkg -x "$work"/*.deb "$work/unpacked"
netboot=$(find "$work/unpacked" -type d -path '*/text/debian-installer/amd64')
cp "$netboot/linux" "$netboot/initrd.gz" "$work/iso/"
cp /usr/lib/ISOLINUX/isolinux.bin /usr/lib/syslinux/modules/bios/ldlinux.c32 "$work/iso/isolinux/"
# In VGA's text mode, which costs an emulated processor a third of what a frame buffer does.
cat > "$work/iso/isolinux/isolinux.cfg" <<'CONFIG'
default install
prompt 0
label install
  kernel /linux
  append initrd=/initrd.gz vga=normal fb=false nomodeset --- quiet
CONFIG
xorriso -as mkisofs -quiet -R -V DEBIAN_INSTALLER -o "$out.part" \
  -b isolinux/isolinux.bin -c isolinux/boot.cat -no-emul-boot -boot-load-size 4 -boot-info-table \
  "$work/iso" > "$work/xorriso.log" 2>&1 || { tail -20 "$work/xorriso.log" >&2; exit 1; }
mv "$out.part" "$out"
rm -rf "$work"

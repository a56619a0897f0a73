#!/bin/bash
# In QEMU's place on a private host (kvm-stand-in.ts puts it there): a machine whose KVM works.
# Who asks for KVM gets emulation, and libvirt, which asks QEMU whether there is KVM, hears yes.
place=/run/portico-kvm
arguments=() monitor=""
for argument in "$@"; do
  case $argument in
    kvm) argument=tcg ;;
    host | host,*) argument=max${argument#host} ;;
    isa-debugcon.iobase=*)
      # The portal's own try, where a test has it fail. Guests run all the same, to show of which
      # type they are.
      if [ -e "$place/refuse-the-try" ]; then
        echo "Could not access KVM kernel module: Permission denied" >&2
        exit 1
      fi
      ;;
    none,accel=kvm:tcg) argument=none,accel=tcg monitor=wanted ;;
    unix:*/qmp.monitor,*)
      if [ "$monitor" = wanted ]; then
        monitor=${argument#unix:} monitor=${monitor%%,*}
        argument=${argument/qmp.monitor/real.monitor}
      fi
      ;;
  esac
  arguments+=("$argument")
done
[ -n "$monitor" ] || exec "$place/bin/qemu" "${arguments[@]}"

# Puts itself into the background, as libvirt has asked for.
"$place/bin/qemu" "${arguments[@]}" || exit
setsid "$place/bin/node" "$place/say-kvm.mjs" "$monitor" "${monitor/qmp.monitor/real.monitor}" \
  </dev/null >/dev/null 2>&1 &
proxy=$!
until [ -S "$monitor" ]; do
  # libvirt would wait for this for ever, and everybody for libvirt.
  kill -0 "$proxy" || exit
  sleep 0.01
done

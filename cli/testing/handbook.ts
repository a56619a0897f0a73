/** What an operator's handbook does by hand, chapter by chapter: the left column has all of it. */
export const handbook: Record<string, readonly string[]> = {
  environment: ["/proc/cpuinfo", "yum install qemu-kvm libvirt", "systemctl start libvirtd"],
  network: ["ifconfig virbr0", "virsh net-dhcp-leases"],
  create: ["qemu-img create", "virt-install --cdrom", "VNC viewer"],
  guests: ["virsh list --all", "virsh start", "ps -ef \\| grep kvm"],
  definition: ["virsh edit"],
  virsh: [
    "virsh dumpxml > back.xml",
    "virsh define back.xml",
    ...["virsh reboot", "virsh shutdown", "virsh suspend", "virsh resume"],
    ...["virsh snapshot-list", "virsh snapshot-create-as"],
    ...["virsh snapshot-revert", "virsh snapshot-delete"],
  ],
  tuning: [
    ...["virsh edit` of `<vcpu>", "virsh setvcpus --live"],
    ...["--hmp 'balloon 1024'", "--hmp 'info balloon'"],
  ],
  disks: ["qemu-img info", "qemu-img convert -f raw -O qcow2"],
  bridges: ["virsh update-device` with another `<source>`, a bridge's too"],
  performance: ["taskset -cp 0 PID"],
  api: ["import libvirt", "libvirtd --listen", "qemu+tcp://"],
};

/** What of it belongs to the host and not to a guest: said below the table, or done by now. */
export const hostsOwn: readonly RegExp[] = [/`brctl`/, /huge ?pages/i, /scheduler/i];

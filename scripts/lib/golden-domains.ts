export interface GoldenDomain {
  /** Of the file; the domain is "g-" and this. */
  name: string;
  /** What virt-install is told. */
  options: string[];
  /** What virt-install has no option for. */
  after: (xml: string) => string;
}

function domain(name: string, options: string, after = (xml: string) => xml): GoldenDomain {
  return { name, options: options.trim().split(/\s+/), after };
}

const secureBoot = [
  "loader=/usr/share/OVMF/OVMF_CODE_4M.secboot.fd,loader.readonly=yes,loader.type=pflash",
  "loader.secure=yes,nvram.template=/usr/share/OVMF/OVMF_VARS_4M.ms.fd",
].join(",");
const uefi =
  "loader=/usr/share/OVMF/OVMF_CODE_4M.fd,loader.readonly=yes,loader.type=pflash,nvram.template=/usr/share/OVMF/OVMF_VARS_4M.fd";

/** Guests as people have them: each brings what the others have not. */
export const goldenDomains: GoldenDomain[] = [
  domain("plain", "--machine pc-i440fx-7.2 --network none"),
  domain(
    "network",
    `--machine q35 --osinfo debian11
    --network network=default,mac=52:54:00:aa:bb:01
    --network network=default,model=e1000e,link.state=down
    --network type=user`,
  ),
  domain(
    "bridges",
    `--machine q35
    --network bridge=br0,model=virtio,driver.queues=4,mtu.size=9000
    --network type=direct,source=eth1,source.mode=private,trustGuestRxFilters=yes
    --network bridge=ovs0,virtualport.type=openvswitch --xml ./devices/interface[3]/vlan/@trunk=yes
    --xml ./devices/interface[3]/vlan/tag[1]/@id=42 --xml ./devices/interface[3]/vlan/tag[1]/@nativeMode=untagged
    --xml ./devices/interface[3]/vlan/tag[2]/@id=47
    --xml ./devices/interface[1]/bandwidth/inbound/@average=1000 --xml ./devices/interface[1]/bandwidth/inbound/@peak=5000
    --xml ./devices/interface[1]/bandwidth/outbound/@average=128
    --network network=default,portgroup=slow,filterref.filter=clean-traffic,boot.order=1,rom.bar=off
    --network type=user`,
  ),
  domain("uefi", `--machine q35 --osinfo debian11 --boot ${uefi},bootmenu.enable=yes`),
  domain("secureboot", `--machine q35 --features smm.state=on --boot ${secureBoot}`),
  domain(
    "tpm",
    `--machine q35 --boot ${uefi} --tpm model=tpm-crb,backend.type=emulator,backend.version=2.0`,
  ),
  domain(
    "numa",
    `--machine q35 --osinfo debian11 --memory memory=4096,currentMemory=2048
    --vcpus 4,sockets=2,cores=2,threads=1
    --cpu host-model,numa.cell0.cpus=0-1,numa.cell0.memory=1048576,numa.cell1.cpus=2-3,numa.cell1.memory=1048576`,
  ),
  domain(
    "pinned",
    `--machine q35 --osinfo debian11 --vcpus 4,vcpu.current=2,cpuset=0-1 --iothreads 2
    --cputune vcpupin0.vcpu=0,vcpupin0.cpuset=0,vcpupin1.vcpu=1,vcpupin1.cpuset=1,emulatorpin.cpuset=0-1,iothreadpin0.iothread=1,iothreadpin0.cpuset=0,shares=2048,period=100000,quota=-1
    --blkiotune weight=500,device0.path=/dev/null,device0.weight=400
    --numatune 0,memory.mode=preferred
    --disk /srv/fast.raw,size=1,sparse=yes,format=raw,bus=virtio,driver.iothread=1,driver.queues=2`,
  ),
  domain(
    "hugepages",
    `--machine q35 --memory 2048 --memtune hard_limit=4194304,soft_limit=3145728
    --memorybacking hugepages=yes,hugepages.page0.size=2,hugepages.page0.unit=MiB,nosharepages=yes,locked=yes`,
  ),
  domain(
    "memory-devices",
    `--machine q35 --memory memory=1024,maxMemory=4096,maxMemory.slots=4
    --vcpus 2 --cpu host-model,numa.cell0.cpus=0-1,numa.cell0.memory=1048576
    --memdev dimm,target.size=512,target.node=0
    --memdev nvdimm,source.path=/srv/nvdimm0,target.size=256,target.node=0,target.label_size=2`,
  ),
  domain(
    "cpu-model",
    `--machine q35 --vcpus 8,sockets=1,dies=1,cores=4,threads=2
    --cpu Skylake-Client,+pcid,-hle,disable=rtm,require=aes,optional=avx2,forbid=svm,cache.mode=emulate,cache.level=3`,
  ),
  domain(
    "hyperv",
    `--machine q35 --osinfo win2k19 --memory 2048 --vcpus 2
    --features kvm.hidden.state=on,hyperv.vapic.state=on,hyperv.relaxed.state=on,hyperv.spinlocks.state=on,hyperv.spinlocks.retries=8191,hyperv.synic.state=on,pmu.state=off
   
    --clock offset=localtime,hypervclock_present=yes`,
  ),
  domain(
    "spice",
    `--machine q35 --graphics spice,listen=0.0.0.0,port=5930,image.compression=auto_glz,streaming.mode=filter,clipboard.copypaste=no
    --video qxl,model.heads=4,model.vgamem=16384 --video qxl
    --sound ich9,codec0.type=micro --redirdev usb,type=spicevmc --redirdev usb,type=tcp,source.host=127.0.0.1,source.service=4000
    --smartcard passthrough,type=spicevmc --channel spiceport,source.channel=org.example.port.0,target.type=virtio,target.name=org.example.port.0`,
  ),
  domain(
    "vncpassword",
    `--machine pc --graphics vnc,password=geheim,listen=127.0.0.1,keymap=de,port=5977
    --video cirrus --input tablet,bus=usb --input keyboard,bus=ps2`,
  ),
  domain(
    "vnc-socket",
    "--machine q35 --graphics vnc,listens0.type=socket,listens0.socket=/run/vnc/g.sock --video virtio,heads=2",
  ),
  domain(
    "serials",
    `--machine q35 --serial pty --serial tcp,source.mode=bind,source.host=127.0.0.1,source.service=4555,protocol.type=telnet
    --console pty,target.type=virtio --channel unix,target.type=virtio,target.name=org.qemu.guest_agent.0
    --parallel file,source.path=/srv/lpt.out --panic isa --watchdog i6300esb,action=reset
    --rng /dev/random,model=virtio,rate.bytes=1234,rate.period=2000`,
  ),
  domain(
    "iotune",
    `--machine q35 --disk /srv/a.qcow2,size=1,format=qcow2,bus=virtio,cache=none,driver.io=native,driver.discard=unmap,driver.detect_zeroes=unmap,serial=WD-0001,boot.order=1
    --disk /srv/b.raw,size=1,format=raw,bus=sata,cache=writeback,driver.error_policy=stop,rotation_rate=1
    --disk /srv/c.qcow2,size=1,format=qcow2,bus=scsi,cache=directsync,shareable=on,readonly=on,serial=s-3,wwn=5000c50015ea71ab
    --disk device=cdrom,bus=sata --disk device=floppy
    --xml ./devices/disk[1]/iotune/total_bytes_sec=10485760 --xml ./devices/disk[1]/iotune/total_iops_sec=500
    --xml ./devices/disk[1]/iotune/total_iops_sec_max=2000 --xml ./devices/disk[1]/iotune/size_iops_sec=4096`,
  ),
  domain(
    "scsi",
    `--machine q35 --controller scsi,model=virtio-scsi,driver.queues=4 --controller sata
    --controller usb,model=qemu-xhci --controller virtio-serial,vectors=4
    --disk /srv/s.raw,size=1,format=raw,bus=scsi,address.type=drive,address.controller=0,address.bus=0,address.target=0,address.unit=3`,
  ),
  domain(
    "netdisks",
    `--machine q35
    --disk source.protocol=rbd,source.name=pool/image,source.host0.name=mon1.example.org,source.host0.port=6789,source.host1.name=mon2.example.org,source.host1.port=6789,driver.type=raw,bus=virtio
    --disk source.protocol=nbd,source.host0.transport=unix,source.host0.socket=/run/nbd.sock,bus=virtio
    --disk source.protocol=iscsi,source.name=iqn.2013-07.com.example:iscsi-pool/1,source.host0.name=example.com,source.host0.port=3260,bus=scsi,driver.type=raw
    --disk source.protocol=https,source.name=boot.iso,source.host0.name=example.com,source.host0.port=443,device=cdrom,bus=sata
    --xml ./devices/disk[1]/source/auth/@username=libvirt --xml ./devices/disk[1]/source/auth/secret/@type=ceph
    --xml ./devices/disk[1]/source/auth/secret/@usage=libvirt`,
  ),
  domain(
    "volumes",
    `--machine q35 --disk /srv/data.qcow2,size=1,format=qcow2,bus=virtio
    --xml ./devices/disk[1]/@type=volume --xml xpath.delete=./devices/disk[1]/source/@file
    --xml ./devices/disk[1]/source/@pool=default --xml ./devices/disk[1]/source/@volume=data.qcow2
    --disk /srv,bus=usb,driver.type=fat,readonly=on`,
  ),
  domain(
    "filesystem",
    `--machine q35 --memorybacking source.type=memfd,access.mode=shared
    --filesystem /srv/share,share,driver.type=virtiofs,accessmode=passthrough,binary.path=/usr/lib/qemu/virtiofsd
    --filesystem /srv/nine,nine,accessmode=mapped,readonly=on,driver.wrpolicy=immediate`,
  ),
  // virt-install takes devices of this machine only.
  domain(
    "hostdev",
    `--machine q35
    --xml ./devices/hostdev[1]/@mode=subsystem --xml ./devices/hostdev[1]/@type=pci --xml ./devices/hostdev[1]/@managed=yes
    --xml ./devices/hostdev[1]/source/address/@domain=0x0000 --xml ./devices/hostdev[1]/source/address/@bus=0x01
    --xml ./devices/hostdev[1]/source/address/@slot=0x00 --xml ./devices/hostdev[1]/source/address/@function=0x1
    --xml ./devices/hostdev[1]/rom/@bar=off
    --xml ./devices/hostdev[2]/@mode=subsystem --xml ./devices/hostdev[2]/@type=usb
    --xml ./devices/hostdev[2]/source/@startupPolicy=optional
    --xml ./devices/hostdev[2]/source/vendor/@id=0x1d6b --xml ./devices/hostdev[2]/source/product/@id=0x0002
    --xml ./devices/hostdev[3]/@mode=subsystem --xml ./devices/hostdev[3]/@type=mdev --xml ./devices/hostdev[3]/@model=vfio-pci
    --xml ./devices/hostdev[3]/source/address/@uuid=c2177883-f1bb-47f0-914d-32a22e3a8804`,
  ),
  domain(
    "seclabel",
    `--machine q35 --seclabel type=static,model=dac,label=+64055:+64055,relabel=no --seclabel type=none,model=selinux
    --resource partition=/virtualmachines`,
  ),
  domain(
    "launch-security",
    `--machine q35 --boot ${uefi}
    --xml ./launchSecurity/@type=sev --xml ./launchSecurity/policy=0x03 --xml ./launchSecurity/cbitpos=47
    --xml ./launchSecurity/reducedPhysBits=1 --xml ./launchSecurity/session=U0VTU0lP`,
  ),
  domain(
    "kernel",
    "--machine pc --boot kernel=/boot/vmlinuz,initrd=/boot/initrd.img,dtb=/boot/a.dtb --boot cmdline=quiet --sysinfo type=smbios,bios.vendor=Acme,system.serial=42,baseBoard.manufacturer=Acme",
  ),
  domain(
    "metadata",
    "--machine q35 --osinfo debian11 --events on_poweroff=restart,on_crash=coredump-restart --metadata genid_enable=yes,genid=8cf79e1c-2a3c-4f6a-9c1f-0e6a5d1c5a10",
    (xml) =>
      xml
        .replace(
          "  <metadata>\n",
          `  <title>&#xDC;n&#xEF; &amp; &lt;co&gt; \u4f60\u597d</title>\n  <description>line one\nline two</description>\n  <metadata>
    <!-- of our inventory -->
    <inv:machine xmlns:inv="urn:example:inventory" inv:rack="7">
      <inv:note><![CDATA[a <b> & c]]></inv:note>
      <inv:mixed>text <inv:b>bold</inv:b> tail</inv:mixed>
    </inv:machine>\n`,
        )
        .replace('<domain type="qemu">', '<!-- made by hand -->\n<domain type="qemu">'),
  ),
  domain("commandline", "--machine pc --qemu-commandline=-no-hpet --qemu-commandline env=X=<&>"),
];

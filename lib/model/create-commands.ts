import type { VideoModel } from "./video";
import { shellWord } from "./virsh-line";
import type { Firmware, VirtType } from "./vm";

interface Wanted {
  name: string;
  /** File of the image to install from; null starts from the empty disk. */
  image: string | null;
  vcpus: number;
  maxVcpus: number;
  memoryMib: number;
  maxMemoryMib: number;
  diskGib: number;
  diskFormat: string;
  network: string;
  firmware: Firmware;
  video: VideoModel;
  virtType: VirtType;
}

/** What creating a VM stands for: the handbook's one command, a line for each of its options. */
export function createCommands(wanted: Wanted): string[] {
  const { vcpus, maxVcpus, memoryMib, maxMemoryMib } = wanted;
  const { diskGib, diskFormat, network, firmware, image } = wanted;
  const options = [
    `--name ${shellWord(wanted.name)}`,
    `--virt-type ${wanted.virtType} --machine q35`,
    `--vcpus ${vcpus},maxvcpus=${maxVcpus}`,
    `--memory memory=${maxMemoryMib},currentMemory=${memoryMib}`,
    `--disk size=${diskGib},format=${diskFormat},bus=virtio`,
    image === null ? "--import" : `--cdrom ${shellWord(image)}`,
    network === "user" ? "--network user" : `--network network=${shellWord(network)},model=virtio`,
    ...(firmware === "uefi" ? ["--boot uefi"] : []),
    `--video ${wanted.video}`,
    "--osinfo detect=on,require=off --graphics vnc,listen=socket --noautoconsole",
  ];
  return [["virt-install", ...options].join(" \\\n  ")];
}

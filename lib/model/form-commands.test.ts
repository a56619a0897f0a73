import { describe, expect, it } from "vitest";
import { createCommands } from "./create-commands";
import { deleteCommands } from "./delete-commands";
import { bootOnceCommands, mediaCommands, rescueCommands } from "./media-commands";
import { recoveryCommands } from "./recovery-commands";
import { resizeCommands } from "./resize-commands";
import { planResize } from "./resize-plan";
import { tuneCommands } from "./tuning-commands";

const sizes = { vcpus: 2, maxVcpus: 4, memoryKib: 1_048_576, maxMemoryKib: 2_097_152 };
const running = {
  state: "running" as const,
  live: sizes,
  next: sizes,
  agentConnected: true,
  modules: { now: null, next: null },
};
const host = { cpuCount: 8, memoryKib: 16 * 1_048_576 };
const vm = { domainName: "p-web", next: sizes };
const resized = (asked: { vcpus: number; memoryMib: number }, current = running) =>
  resizeCommands(vm, planResize(current, asked, host));

describe("resizing", () => {
  it("live first, then the next start", () => {
    expect(resized({ vcpus: 3, memoryMib: 512 })).toEqual([
      "virsh setvcpus p-web 3 --live",
      "virsh setmem p-web 524288 --live",
      "virsh setvcpus p-web 3 --config",
      "virsh setmem p-web 524288 --config",
    ]);
  });
  it("fewer vCPUs are the guest's to put to sleep", () => {
    expect(resized({ vcpus: 1, memoryMib: 1024 })[0]).toBe("virsh setvcpus p-web 1 --guest");
  });
  it("what is refused, or changes nothing, stands for nothing", () => {
    expect(resized({ vcpus: 0, memoryMib: 1024 })).toEqual([]);
    expect(resized({ vcpus: 2, memoryMib: 1024 })).toEqual([]);
  });
  it("no maximum goes below what there is while that is there", () => {
    const lines = resizeCommands(vm, {
      ...planResize(running, { vcpus: 1, memoryMib: 1024 }, host),
      next: { vcpus: 1, maxVcpus: 1, memoryKib: 262_144, maxMemoryKib: 262_144 },
    });
    const at = (text: string) => lines.findIndex((line) => line.includes(text));
    expect(at("setvcpus p-web 1 --config")).toBeLessThan(at("--maximum"));
    expect(at("setmem p-web 262144 --config")).toBeLessThan(at("setmaxmem"));
  });
});

it("a medium goes into the guest and into its definition", () => {
  const drive = { domainName: "p-web", target: "sda", live: true };
  expect(mediaCommands(drive, "my image.iso")).toEqual([
    "virsh change-media p-web sda 'my image.iso' --update --live --config --force",
  ]);
  expect(mediaCommands({ ...drive, live: false }, null)).toEqual([
    "virsh change-media p-web sda --eject --config",
  ]);
  expect(rescueCommands("p-web", "d.iso")).toContain(
    "virsh attach-disk p-web d.iso sdz --type cdrom --mode readonly --config",
  );
  expect(bootOnceCommands("p-web", "sda", "d.iso")[0]).toBe(
    "virsh dumpxml --inactive p-web > before.xml",
  );
});

it("an editor is opened for what virsh has no command for", () => {
  expect(recoveryCommands("p-web", { onPanic: "restart", watchdog: "none" })).toEqual([
    "virsh edit p-web",
    "# <on_crash>restart</on_crash>",
    '# <panic model="isa"/>',
    "# no <watchdog>",
  ]);
  const disks = [{ target: "vda", ioThread: 1 }];
  expect(
    tuneCommands("p-web", { hugePages: true, memoryCells: [0], ioThreads: 1, disks }),
  ).toContain('# in the <disk> of vda: <driver … iothread="1"/>');
});

it("an end takes the disks only where that is wanted", () => {
  expect(deleteCommands({ domainName: "p-web", bootId: "1" }, false)).toEqual([
    "virsh destroy p-web",
    "virsh undefine p-web --managed-save --snapshots-metadata --checkpoints-metadata --nvram --remove-all-storage",
  ]);
  expect(deleteCommands({ domainName: "p-web", bootId: null }, true)).toHaveLength(1);
});

it("a name is no more than a word of its command", () => {
  const [line] = createCommands({
    name: "it's; rm -rf",
    image: null,
    vcpus: 1,
    maxVcpus: 4,
    memoryMib: 512,
    maxMemoryMib: 1024,
    diskGib: 10,
    diskFormat: "qcow2",
    network: "user",
    firmware: "uefi",
    video: "virtio",
    virtType: "qemu",
  });
  expect(line).toContain("--name 'it'\\''s; rm -rf'");
  expect(line).toContain("--import");
  expect(line).toContain("--boot uefi");
});

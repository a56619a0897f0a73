import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { eventually } from "@/e2e/helpers/eventually";
import type { PrivateHost } from "@/e2e/host/private-host";
import type { Sight } from "./seen";

/** One thing that is done by virsh beside an open page, and what the page then says. */
export interface Act {
  name: string;
  /** Address of the page that is open. */
  path: string;
  /** Cannot be repeated. */
  once?: boolean;
  /** What is done in a round, counted from 0; resolves when libvirt has it. */
  run(round: number): Promise<unknown>;
  sight(page: Page, round: number): Sight;
}

export interface Stage {
  host: PrivateHost;
  /** A running guest with a balloon driver, one vCPU of two or more, and 512 MiB. */
  vmId: string;
  /** Path of an ISO in the host's pool that the portal knows by this name. */
  iso: { path: string; name: string };
}

/** All acts, in an order in which each leaves what the next one needs. */
export async function acts(stage: Stage): Promise<Act[]> {
  const { host } = stage;
  const file = (name: string) => join(host.dir, name);
  await writeFile(file("net.xml"), "<network><name>lab</name></network>");
  await host.virsh(["net-define", file("net.xml")]);
  await host.virsh(["net-start", "lab"]);
  const pool = `<pool type='dir'><name>lab</name><target><path>${host.dir}</path></target></pool>`;
  await writeFile(file("pool.xml"), pool);
  await host.virsh(["pool-define", file("pool.xml")]);
  await host.virsh(["pool-start", "lab"]);
  await writeFile(
    file("guest.xml"),
    "<domain type='qemu'><name>theirs</name><memory unit='MiB'>64</memory><os><type machine='q35'>hvm</type></os></domain>",
  );
  return [...sizeActs(stage), ...mediaActs(stage), ...stateActs(stage), ...hostActs(host, file)];
}

function sizeActs({ host, vmId }: Stage): Act[] {
  const domain = `p-${vmId}`;
  const path = `/p/default/vms/${vmId}`;
  const cell = (page: Page, row: string, column: number) =>
    page.getByRole("row", { name: row }).getByRole("cell").nth(column);
  const REAL = 1;
  const NEXT = 2;
  const configured = (round: number) => String(2 - (round % 2));
  const mib = (round: number) => 448 - 32 * round;
  return [
    {
      name: "setvcpus --config",
      path,
      run: (round) => host.virsh(["setvcpus", domain, configured(round), "--config"]),
      sight: (page, round) => ({ place: cell(page, "vCPU", NEXT), text: configured(round) }),
    },
    {
      name: "setvcpus --live",
      path,
      // A host of two processors lets a guest have two.
      once: true,
      run: () => host.virsh(["setvcpus", domain, "2", "--live"]),
      sight: (page) => ({ place: cell(page, "vCPU", REAL), text: "2" }),
    },
    {
      name: "setmem --config",
      path,
      run: (round) => host.virsh(["setmem", domain, `${mib(round)}M`, "--config"]),
      sight: (page, round) => ({ place: cell(page, "Memory", NEXT), text: `${mib(round)} MiB` }),
    },
    {
      name: "setmem --live",
      path,
      // The guest gives the memory back by and by, and QEMU tells libvirt once a second at most:
      // counted from when libvirt has heard that all of it is back.
      run: async (round) => {
        await host.virsh(["setmem", domain, `${mib(round)}M`, "--live"]);
        await eventually("the balloon", async () => {
          const heard = await host.virsh(["domstats", "--balloon", domain]);
          if (!heard.includes(`balloon.current=${mib(round) * 1024}\n`)) throw new Error(heard);
        });
      },
      sight: (page, round) => ({ place: cell(page, "Memory", REAL), text: `${mib(round)} MiB` }),
    },
  ];
}

function mediaActs({ host, vmId, iso }: Stage): Act[] {
  const path = `/p/default/vms/${vmId}/hardware`;
  const change = (...args: string[]) => host.virsh(["change-media", `p-${vmId}`, "sda", ...args]);
  const drive = (page: Page) =>
    page
      .locator("section")
      .filter({ has: page.getByRole("heading", { name: "CD/DVD drive" }) })
      .getByRole("status");
  const act = (args: string[], text: string, gone = false): Act => ({
    name: `change-media ${args.filter((arg) => arg.startsWith("--")).join(" ")}`,
    path,
    run: () => change(...args),
    sight: (page) => ({ place: drive(page), text, gone }),
  });
  return [
    act(["--eject", "--config"], "At the next start: an empty drive"),
    act(["--insert", "--config", iso.path], "At the next start", true),
    act(["--eject", "--live", "--force"], "The drive is empty."),
    act(["--insert", "--live", iso.path], `In the drive: ${iso.name}`),
  ];
}

function stateActs({ host, vmId }: Stage): Act[] {
  const path = `/p/default/vms/${vmId}`;
  const act = (name: string, text: string): Act => ({
    name,
    path,
    run: () => host.virsh([name, `p-${vmId}`]),
    sight: (page) => ({ place: page.locator("main"), text }),
  });
  return [act("suspend", "paused"), act("resume", "running")];
}

function hostActs(host: PrivateHost, file: (name: string) => string): Act[] {
  const act = (path: string, name: string, args: string[], sight: Act["sight"]): Act => ({
    name,
    path,
    run: () => host.virsh([name, ...args]),
    sight,
  });
  const network = (text: string): Act["sight"] => {
    return (page) => ({
      place: page
        .locator("section")
        .filter({ has: page.getByRole("heading", { name: "lab" }) })
        .locator("header"),
      text: "not active",
      gone: text === "active",
    });
  };
  const pool = (gone: boolean): Act["sight"] => {
    return (page) => ({ place: page.getByRole("row", { name: /^lab/ }), text: "not active", gone });
  };
  const guest = (gone: boolean): Act["sight"] => {
    return (page) => ({ place: page.locator("main"), text: "theirs", gone });
  };
  return [
    act("/p/default/networks", "net-destroy", ["lab"], network("not active")),
    act("/p/default/networks", "net-start", ["lab"], network("active")),
    act("/admin/hosts", "pool-destroy", ["lab"], pool(false)),
    act("/admin/hosts", "pool-start", ["lab"], pool(true)),
    act("/admin/vms", "define", [file("guest.xml")], guest(false)),
    act("/admin/vms", "undefine", ["theirs"], guest(true)),
  ];
}

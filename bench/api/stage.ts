import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtActions } from "@/e2e/access/build-doors";
import { eventually } from "@/e2e/helpers/eventually";
import { type Portal, startPortal } from "@/e2e/helpers/portal";
import { startPrivateHost } from "@/e2e/host/private-host";
import { buildPrograms, type Child, startBare, startFlood, startReaders } from "./children";
import { ask } from "./client";
import type { FloodAnswer, FloodOrder } from "./flood";
import { fillInventory, type Inventory } from "./inventory";
import type { ReadersAnswer, ReadersOrder } from "./readers";

export const READERS = 200;

/** The built portal with 1,000 VMs on libvirt's test driver, a bare handler, and who loads them. */
export interface Stage {
  portal: Portal;
  /** The portal's own port: nothing stands between. */
  port: number;
  inventory: Inventory;
  /** Where the bare handler listens. */
  barePort: number;
  /** What the readers ask for: whole lists, page by page as the API links them, and one VM. */
  lists: { name: string; paths: string[] }[];
  readers: Child<ReadersOrder, ReadersAnswer>;
  flood: Child<FloodOrder, FloodAnswer>;
  signInAction: string;
  stop(): Promise<void>;
}

export async function openStage(secret: string): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "portico-api-bench-"));
  const ends: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    await buildPrograms(folder);
    const host = await startPrivateHost({ name: "bench" });
    ends.push(host.stop);
    const { testFile, ...inventory } = await fillInventory(join(folder, "data"), host.dir, READERS);
    const portal = await startPortal({
      dir: folder,
      libvirtUri: `test+unix://${testFile}?socket=${host.socketPath}`,
      consoleDir: host.consoleDir,
      env: { NEXTAUTH_SECRET: secret },
    });
    ends.push(portal.stop);
    const { port } = portal;
    const token = inventory.tokens[0] ?? "";
    const byDefault = await allPages(port, token, "/api/v1/vms");
    const largest = await allPages(port, token, "/api/v1/vms?limit=200");
    const vm = await allPages(port, token, `/api/v1/vms/${inventory.vmId}`);
    const lists = [
      { name: "50 of 1,000 VMs", paths: Object.keys(byDefault) },
      { name: "200 of 1,000 VMs", paths: Object.keys(largest) },
      { name: "one VM of 1,000", paths: Object.keys(vm) },
    ];
    const readers = startReaders(folder);
    const flood = startFlood(folder);
    const bare = startBare(folder);
    ends.push(readers.stop, flood.stop, bare.stop);
    const signInAction = builtActions().get("signInAction")?.id;
    if (signInAction === undefined) throw new Error("the build has no signInAction");
    const barePort = await bare.ask({ ...byDefault, ...largest, ...vm });
    return { portal, port, inventory, barePort, lists, readers, flood, signInAction, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Bodies by path, from the first page to the last, once libvirt has told the portal of all VMs. */
async function allPages(
  port: number,
  token: string,
  first: string,
): Promise<Record<string, string>> {
  const headers = { authorization: `Bearer ${token}` };
  const pages: Record<string, string> = {};
  let path: string | null = first;
  while (path !== null) {
    const page: string = path;
    const body = await eventually("the inventory", async () => {
      const reply = await ask(port, page, { headers });
      if (reply.status !== 200 || !/"state":"running"/.test(reply.body))
        throw new Error(reply.body);
      return reply.body;
    });
    pages[page] = body;
    const { nextCursor = null } = JSON.parse(body) as { nextCursor?: string | null };
    const joint = first.includes("?") ? "&" : "?";
    path = nextCursor === null ? null : `${first}${joint}cursor=${encodeURIComponent(nextCursor)}`;
  }
  return pages;
}

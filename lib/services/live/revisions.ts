import type { Host, InventoryChange } from "@/lib/hypervisor/types";
import type { HostView, UnmanagedVmView } from "@/lib/model/host";
import type { LiveEvent, RevisionOf } from "@/lib/model/live-event";
import { listSchedules } from "../backup-schedule/list-schedules";
import type { Context } from "../context";
import { disksRevision } from "../disk/disks-revision";
import { listDisks } from "../disk/list-disks";
import { listHosts } from "../host/list-hosts";
import { listNetworks } from "../network/list-networks";
import { listManaged, type ManagedVm } from "../vm/list-managed";
import { listUnmanaged } from "../vm/list-unmanaged";
import { backupsRevision } from "../vm-backup/backups-revision";
import { listBackups } from "../vm-backup/list-backups";
import { revisionOf } from "./revision-of";

/** Free memory differs at every look; alone it is no news to anybody. */
export function hostsRevision(hosts: readonly HostView[]): string {
  return revisionOf(hosts.map(({ memoryFreeKib: _free, ...rest }) => rest));
}

export function guestsRevision(
  managed: readonly ManagedVm[],
  unmanaged: readonly UnmanagedVmView[],
): string {
  return revisionOf([managed, unmanaged]);
}

/**
 * The revisions that one stream tells: of the project's networks, disks and backups, and of the installation's hosts
 * and guests where the stream follows those. They are made by the use cases of the pages, with the
 * rights of the stream's actor, so that a neighbour's changes do not even show as a change.
 */
export class Revisions {
  readonly kinds: readonly RevisionOf[];
  private readonly sent = new Map<RevisionOf, string>();
  /** By host and UUID: what lists show of a domain. */
  private readonly shown = new Map<string, string>();

  constructor(
    private readonly ctx: Context,
    private readonly projectId: string | null,
    private readonly installation: boolean,
  ) {
    const own: RevisionOf[] = projectId === null ? [] : ["disks", "backups", "networks"];
    this.kinds = installation ? [...own, "hosts", "guests"] : own;
  }

  /** The revisions that may differ after a change; a guest's load alone changes none. */
  touchedBy(host: Host, change: InventoryChange): readonly RevisionOf[] {
    if (change.type === "host" || change.type === "resync") return this.kinds;
    if (!this.installation) return [];
    const key = `${host.id}/${change.type === "vm" ? change.vm.uuid : change.uuid}`;
    const before = this.shown.get(key);
    if (change.type === "vm.removed") {
      this.shown.delete(key);
    } else {
      const { domainName, state, vmId, live, persistent } = change.vm;
      const after = [domainName, state, vmId, persistent, live.vcpus, live.memoryKib].join();
      if (after === before) return [];
      this.shown.set(key, after);
    }
    return ["hosts", "guests"];
  }

  /** The event that tells a revision; null when it is the one that was told last. */
  async next(of: RevisionOf): Promise<LiveEvent | null> {
    const revision = await this.now(of);
    if (this.sent.get(of) === revision) return null;
    this.sent.set(of, revision);
    return { type: "revision", of, revision };
  }

  private async now(of: RevisionOf): Promise<string> {
    const { ctx, projectId } = this;
    if (of === "hosts") return hostsRevision(await listHosts(ctx));
    if (of === "guests") return guestsRevision(await listManaged(ctx), await listUnmanaged(ctx));
    const input = { projectId: projectId ?? "" };
    if (of === "disks") return disksRevision(await listDisks(ctx, input));
    if (of === "backups") {
      return backupsRevision(await listBackups(ctx, input), await listSchedules(ctx, input));
    }
    return revisionOf(await listNetworks(ctx, input));
  }
}

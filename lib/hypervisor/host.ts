import { setTimeout as sleep } from "node:timers/promises";
import { type Connection, connect, isLibvirtError, type LibvirtUri } from "@/lib/libvirt";
import { logger } from "@/lib/log";
import type { HostConnection, HostView, VirtTypeFinding } from "@/lib/model/host";
import { backoffMs } from "./backoff";
import { probeVirtType, type VirtTypeSetting } from "./capabilities";
import { type HostFacts, readHostFacts, unknownFacts } from "./host-facts";
import { inLanes } from "./inventory/lanes";
import { InventoryStore } from "./inventory/store";
import { InventorySync } from "./inventory/sync";
import { HostLink, type LinkedHost } from "./link";

export interface HostRecord {
  id: string;
  name: string;
  uri: string;
}

const DIAL_DEADLINE_MS = 10_000;

/**
 * One libvirt host for as long as the process lives: two connections (one for calls, one for
 * events and readings), made again for ever when they end, and the inventory that they feed.
 */
export class SupervisedHost implements LinkedHost {
  readonly id: string;
  readonly name: string;
  readonly inventory: InventoryStore;
  readonly link: HostLink;
  readonly screensInReach: boolean;
  connection: HostConnection = "connecting";
  private connectionError: string | null = null;
  private syncedAt: string | null = null;
  private facts: HostFacts = unknownFacts;
  private virt: VirtTypeFinding = { virtType: "qemu", reason: "not_checked", detail: "" };
  private readonly stopped = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(
    record: HostRecord,
    private readonly uri: LibvirtUri,
    private readonly virtTypeSetting: VirtTypeSetting,
  ) {
    this.id = record.id;
    this.name = record.name;
    this.inventory = new InventoryStore(record.id);
    this.link = new HostLink(uri);
    this.screensInReach = this.link.isLocal || uri.transport === "ssh";
  }

  start(): void {
    this.ended = this.superviseForever();
  }

  /** Ends the connections; guests are libvirt's and run on. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.ended;
  }

  view(): HostView {
    const vms = this.inventory.list();
    return {
      id: this.id,
      name: this.name,
      uri: shownUri(this.uri),
      connection: this.connection,
      connectionError: this.connectionError,
      syncedAt: this.syncedAt,
      mode: this.link.mode,
      virt: this.virt,
      ...this.facts,
      pools: this.inventory.pools(),
      networks: this.inventory.networks(),
      vmCount: vms.filter((vm) => vm.vmId !== null).length,
      unmanagedCount: vms.filter((vm) => vm.vmId === null).length,
    };
  }

  private async superviseForever(): Promise<void> {
    const { signal } = this.stopped;
    let failures = 0;
    while (!signal.aborted) {
      const error = await this.connectOnce(() => {
        failures = 0;
      });
      if (signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      if (!isLibvirtError(error)) logger().error({ err: error, hostId: this.id }, "host failed");
      if (this.connection !== "unreachable") {
        logger().warn({ hostId: this.id, reason }, "host is unreachable");
      }
      this.link.attach(null, reason);
      this.setConnection("unreachable", reason);
      await sleep(backoffMs(failures, this.link.isLocal), undefined, { signal }).catch(() => null);
      failures += 1;
    }
  }

  /** Connects, syncs and stays until a connection ends; returns why it ended or failed. */
  private async connectOnce(onSynced: () => void): Promise<unknown> {
    const open: Connection[] = [];
    let sync: InventorySync | null = null;
    try {
      const control = await this.dial("control", open);
      const watch = await this.dial("watch", open);
      const { mode, isLocal } = this.link;
      const onSweep = () => this.readFacts(watch);
      await onSweep();
      sync = new InventorySync(inLanes(watch), this.inventory, { mode, isLocal, onSweep });
      await Promise.race([sync.start(), failWhenClosed(control), failWhenClosed(watch)]);
      this.link.attach(control);
      this.syncedAt = new Date().toISOString();
      this.setConnection("connected", null);
      this.inventory.emit({ type: "resync" });
      logger().info({ hostId: this.id, vms: this.inventory.list().length }, "host is connected");
      onSynced();
      void this.probe();
      return await Promise.race([control.closed, watch.closed, this.stopSignal()]);
    } catch (error) {
      return error;
    } finally {
      sync?.stop();
      this.link.attach(null, "the connection has ended");
      this.end(open);
    }
  }

  /** One of the connections has ended: what people do by the other comes to its end. */
  private end(open: readonly Connection[]): void {
    for (const connection of open) {
      void Promise.race([connection.finish(), this.stopSignal()]).then(() => connection.close());
    }
  }

  private async dial(purpose: string, open: Connection[]): Promise<Connection> {
    const connection = await connect(this.uri.text, {
      signal: this.stopped.signal,
      deadlineMs: DIAL_DEADLINE_MS,
      onListenerError: (error) => logger().error({ err: error, purpose }, "event listener failed"),
    });
    open.push(connection);
    return connection;
  }

  /** Free memory differs at every look; alone it is no news to anybody. */
  private async readFacts(connection: Connection): Promise<void> {
    this.facts = await readHostFacts(connection, this.link.isLocal);
  }

  private async probe(): Promise<void> {
    try {
      this.virt = await probeVirtType(this, this.virtTypeSetting);
      this.inventory.emit({ type: "host" });
    } catch (error) {
      logger().warn({ err: error, hostId: this.id }, "the KVM probe failed");
    }
  }

  private setConnection(connection: HostConnection, error: string | null): void {
    const changed = this.connection !== connection || this.connectionError !== error;
    this.connection = connection;
    this.connectionError = error;
    if (changed) this.inventory.emit({ type: "host" });
  }

  private stopSignal(): Promise<void> {
    const { signal } = this.stopped;
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }
}

async function failWhenClosed(connection: Connection): Promise<never> {
  throw await connection.closed;
}

/** Without user and parameters, which name accounts, keys and paths. */
function shownUri(uri: LibvirtUri): string {
  const [scheme = "", rest = ""] = uri.text.split("://", 2);
  const bare = rest.split("?", 1)[0] ?? "";
  return `${scheme}://${bare.slice(bare.indexOf("@") + 1)}`;
}

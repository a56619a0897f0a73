import type { Connection } from "@/lib/libvirt";
import { logger } from "@/lib/log";
import type { HostView } from "@/lib/model/host";
import { agentAddresses } from "./addresses";
import { Background, unlessLate } from "./background";
import { coalesce } from "./coalesce";
import { each } from "./each";
import { readNetworks, userNetwork } from "./networks";
import { readPools, rescanOwnPools } from "./pools";
import { type DomainRef, lookUp, readDomain } from "./read-domain";
import { withFacts } from "./record";
import { Rounds } from "./rounds";
import type { InventoryStore } from "./store";
import { subscribeAll } from "./subscribe";
import { volumeSizes } from "./volume-sizes";
import { isWireFailure } from "./wire";

const SWEEP_EVERY_MS = 30_000;
/** A sweep may take this share of the time at most: with thousands of domains it comes less often. */
const SWEEP_SHARE = 0.1;
/** Domains read at the same time; the connection itself lets four calls through. */
const READERS = 8;

export interface SyncedHost {
  mode: HostView["mode"];
  /** True when paths of its definitions are paths of this machine. */
  isLocal: boolean;
  /** Called at every sweep, for what the host itself has no event for. */
  onSweep(): Promise<void>;
}

/**
 * Keeps a store in step with one connection: subscribe first, then list and read everything, then
 * follow events, and read in rounds what has none. Made anew for every connection, and ended with it.
 */
export class InventorySync {
  private readonly background = new Background();
  private readonly rounds: Rounds;
  private readonly touch = coalesce((uuid: string) => this.refresh(uuid));
  private readonly readNetworks = coalesce(async () =>
    this.store.putNetworks(
      this.host.mode === "session" ? [userNetwork] : await readNetworks(this.connection),
    ),
  );
  private readonly readPools = coalesce(async () =>
    this.store.putPools(await readPools(this.connection)),
  );

  constructor(
    private readonly connection: Connection,
    private readonly store: InventoryStore,
    private readonly host: SyncedHost,
  ) {
    this.rounds = new Rounds(connection, store, this.background, {
      touch: this.touch,
      readNetworks: () => this.readNetworks(""),
    });
  }

  /** Resolves when the store holds everything; rejects with a LibvirtError. */
  async start(): Promise<void> {
    await subscribeAll(this.connection, {
      onDomain: (uuid) => this.background.run(this.touch(uuid)),
      onNetwork: () => this.background.run(this.readNetworks("")),
      onPool: () => this.background.run(this.readPools("")),
    });
    await this.readAll();
    this.store.setReader(this.touch);
    this.rounds.start();
    this.background.run(this.sweepForever());
  }

  stop(): void {
    this.background.end();
    this.store.setReader(null);
  }

  private async readAll(): Promise<void> {
    const { domains } = await this.connection.call("connectListAllDomains", { flags: 0 });
    await each(domains, READERS, async ({ uuid }) => this.touch(uuid));
    const present = new Set(domains.map(({ uuid }) => uuid));
    // Not removed by the list alone: it may have been defined since.
    const unlisted = this.store.uuids().filter((uuid) => !present.has(uuid));
    await each(unlisted, READERS, async (uuid) => this.touch(uuid));
    await this.unlessOdd(this.readNetworks(""));
    await this.unlessOdd(this.readPools(""));
  }

  /** Reads one domain again. What cannot be read keeps its last data, marked as stale. */
  private async refresh(uuid: string): Promise<void> {
    try {
      const dom = await lookUp(this.connection, uuid);
      const before = this.store.record(uuid)?.facts;
      const facts = dom && (await readDomain(this.connection, dom, this.host.isLocal, before));
      if (facts === null) return this.store.remove(uuid);
      this.store.put(withFacts(this.store.record(uuid), facts));
      this.background.run(this.readFigures(facts.ref));
    } catch (error) {
      if (isWireFailure(error)) throw error;
      logger().warn({ err: error, uuid }, "inventory: a domain cannot be read");
      const record = this.store.record(uuid);
      if (record !== undefined) this.store.put({ ...record, stale: true });
    }
  }

  /** What may take long or hang with the guest, so that nobody waits for it. */
  private async readFigures(dom: DomainRef): Promise<void> {
    const record = this.store.record(dom.uuid);
    if (record === undefined) return;
    if (record.facts.live === null) {
      const diskSizes = await volumeSizes(this.connection, record.facts.next);
      const current = this.store.record(dom.uuid);
      if (current?.facts.live === null) this.store.put({ ...current, diskSizes });
      return;
    }
    await this.rounds.takeSamples([dom], true);
    if (!record.facts.live.agentConnected) return;
    const addresses = await agentAddresses(this.connection, dom);
    const current = this.store.record(dom.uuid);
    if (current?.facts.live?.agentConnected) {
      this.store.put({ ...current, agentAddresses: addresses });
    }
  }

  private async sweepForever(): Promise<void> {
    let tookMs = 0;
    while (!this.background.over) {
      await this.background.pause(Math.max(SWEEP_EVERY_MS, tookMs / SWEEP_SHARE));
      const startedAt = performance.now();
      await unlessLate(async () => {
        await rescanOwnPools(this.connection);
        await this.readAll();
        await this.host.onSweep();
      });
      tookMs = performance.now() - startedAt;
    }
  }

  /** A host whose network or storage daemon is away can still run guests. */
  private async unlessOdd(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (isWireFailure(error)) throw error;
      logger().warn({ err: error }, "inventory: networks or pools cannot be listed");
    }
  }
}

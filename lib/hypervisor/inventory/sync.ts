import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "@/lib/libvirt";
import { logger } from "@/lib/log";
import type { HostView } from "@/lib/model/host";
import { agentAddresses } from "./addresses";
import { coalesce } from "./coalesce";
import { each } from "./each";
import { readNetworks, userNetwork } from "./networks";
import { readPools, rescanOwnPools } from "./pools";
import { type DomainRef, lookUp, readDomain } from "./read-domain";
import { withFacts, withStats } from "./record";
import { sampleDomains } from "./sample";
import { mapState } from "./state";
import type { InventoryStore } from "./store";
import { isStuck } from "./stuck";
import { subscribeAll } from "./subscribe";
import { volumeSizes } from "./volume-sizes";
import { isTimeout, isWireFailure } from "./wire";

/** What has no event (vCPUs that virsh adds) should still be seen within a second where it can. */
const SHORTEST_SAMPLE_MS = 800;
const LONGEST_SAMPLE_MS = 5_000;
const SAMPLE_MS_PER_DOMAIN = 5;
const LEASES_EVERY_MS = 5_000;
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
 * follow events; statistics and what has no event are read at intervals. Made anew for every
 * connection, and ended with it.
 */
export class InventorySync {
  private readonly stopped = new AbortController();
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
  ) {}

  /** Resolves when the store holds everything; rejects with a LibvirtError. */
  async start(): Promise<void> {
    await subscribeAll(this.connection, {
      onDomain: (uuid) => this.inBackground(this.touch(uuid)),
      onNetwork: () => this.inBackground(this.readNetworks("")),
      onPool: () => this.inBackground(this.readPools("")),
    });
    await this.readAll();
    this.store.setReader(this.touch);
    this.inBackground(this.sampleForever());
    this.inBackground(this.every(LEASES_EVERY_MS, () => this.readLeases()));
    this.inBackground(this.sweepForever());
  }

  stop(): void {
    this.stopped.abort();
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
      this.inBackground(this.readFigures(facts.ref));
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
    await this.takeSamples([dom], true);
    if (!record.facts.live.agentConnected) return;
    const addresses = await agentAddresses(this.connection, dom);
    const current = this.store.record(dom.uuid);
    if (current?.facts.live?.agentConnected) {
      this.store.put({ ...current, agentAddresses: addresses });
    }
  }

  private async takeSamples(doms: readonly DomainRef[], disks: boolean): Promise<void> {
    for (const { uuid, stats, atNs } of await sampleDomains(this.connection, doms, { disks })) {
      const record = this.store.record(uuid);
      if (record === undefined || record.facts.live === null) continue;
      this.store.put(withStats(record, stats, atNs));
      if (mapState(stats.state, stats.reason).state !== record.facts.state) {
        this.inBackground(this.touch(uuid));
      }
    }
  }

  private async sample(): Promise<void> {
    const active = this.activeDomains();
    try {
      await this.takeSamples(active, false);
      const marked = active.filter(({ uuid }) => this.store.record(uuid)?.stale);
      await this.markStuck(marked);
    } catch (error) {
      if (!isTimeout(error)) throw error;
      await this.markStuck(active);
    }
  }

  /** Often with few guests; with many, so seldom that it costs next to nothing. */
  private async sampleForever(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const paceMs = this.activeDomains().length * SAMPLE_MS_PER_DOMAIN;
      await this.pause(Math.min(Math.max(paceMs, SHORTEST_SAMPLE_MS), LONGEST_SAMPLE_MS));
      await this.unlessLate(() => this.sample());
    }
  }

  private async readLeases(): Promise<void> {
    if (this.activeDomains().length > 0) await this.readNetworks("");
  }

  private async markStuck(doms: readonly DomainRef[]): Promise<void> {
    await each(doms, READERS, async (dom) => {
      const stale = await isStuck(this.connection, dom);
      const record = this.store.record(dom.uuid);
      if (record !== undefined && record.stale !== stale) this.store.put({ ...record, stale });
    });
  }

  private activeDomains(): DomainRef[] {
    return this.store.uuids().flatMap((uuid) => {
      const facts = this.store.record(uuid)?.facts;
      return facts === undefined || facts.live === null ? [] : [facts.ref];
    });
  }

  private async sweepForever(): Promise<void> {
    let tookMs = 0;
    while (!this.stopped.signal.aborted) {
      await this.pause(Math.max(SWEEP_EVERY_MS, tookMs / SWEEP_SHARE));
      const startedAt = performance.now();
      await this.unlessLate(async () => {
        await rescanOwnPools(this.connection);
        await this.readAll();
        await this.host.onSweep();
      });
      tookMs = performance.now() - startedAt;
    }
  }

  private async every(periodMs: number, work: () => Promise<void>): Promise<void> {
    while (!this.stopped.signal.aborted) {
      await this.pause(periodMs);
      await this.unlessLate(work);
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

  /** A host under load may miss a deadline; the next round tries again. */
  private async unlessLate(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isTimeout(error)) throw error;
      logger().debug({ err: error }, "inventory: a reading took too long");
    }
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopped.signal, ref: false });
  }

  /** Ends of the connection are the supervisor's matter; what else fails is logged. */
  private inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (this.stopped.signal.aborted) return;
      if (isWireFailure(error) || isTimeout(error)) return;
      logger().warn({ err: error }, "inventory: a reading failed");
    });
  }
}

import type { Connection } from "@/lib/libvirt";
import { logger } from "@/lib/log";
import { type Background, unlessLate } from "./background";
import { each } from "./each";
import { type DomainFacts, type DomainRef, isRedefined } from "./read-domain";
import { withStats } from "./record";
import { sampleDomains } from "./sample";
import { mapState } from "./state";
import type { InventoryStore } from "./store";
import { isStuck } from "./stuck";
import { isTimeout, isWireFailure } from "./wire";

/** While somebody looks, what has no event should be seen within a second. */
const SHORTEST_PACE_MS = 600;
/** While nobody does, or with very many guests. */
const LONGEST_PACE_MS = 5_000;
const SAMPLE_MS_PER_DOMAIN = 5;
const LEASES_MS_PER_NETWORK = 100;
/** Domains whose definitions are read again in one round; more of them take turns. */
const REREAD_AT_ONCE = 40;
/** Domains read at the same time; the connection itself lets four calls through. */
const READERS = 8;

export interface Readers {
  /** Reads a domain in full. */
  touch(uuid: string): Promise<void>;
  readNetworks(): Promise<void>;
}

/** Reads again and again what libvirt has no event for, and costs next to nothing with it. */
export class Rounds {
  /** Domains that this turn of re-reading has not come to yet. */
  private unread: string[] = [];

  constructor(
    private readonly connection: Connection,
    private readonly store: InventoryStore,
    private readonly background: Background,
    private readonly readers: Readers,
  ) {}

  start(): void {
    const sampleMs = () => this.activeDomains().length * SAMPLE_MS_PER_DOMAIN;
    const leasesMs = () => this.store.networks().length * LEASES_MS_PER_NETWORK;
    this.repeat(sampleMs, () => this.sample());
    this.repeat(leasesMs, () => this.readLeases());
    this.repeat(
      () => SHORTEST_PACE_MS,
      () => this.reread(),
    );
  }

  /** Statistics of domains that run; with `disks` the sizes of their disks, too. */
  async takeSamples(doms: readonly DomainRef[], disks: boolean): Promise<void> {
    for (const { uuid, stats, atNs } of await sampleDomains(this.connection, doms, { disks })) {
      const record = this.store.record(uuid);
      if (record === undefined || record.facts.live === null) continue;
      this.store.put(withStats(record, stats, atNs));
      if (mapState(stats.state, stats.reason).state !== record.facts.state) {
        this.background.run(this.readers.touch(uuid));
      }
    }
  }

  private repeat(costMs: () => number, work: () => Promise<void>): void {
    this.background.run(this.repeatForever(costMs, work));
  }

  /**
   * `costMs` is the pace at which the work costs next to nothing. It holds while somebody looks,
   * and who begins to look does not wait for the end of a long pause.
   */
  private async repeatForever(costMs: () => number, work: () => Promise<void>): Promise<void> {
    const paceMs = () =>
      this.store.attended ? Math.min(costMs(), LONGEST_PACE_MS) : LONGEST_PACE_MS;
    while (!this.background.over) {
      let waitedMs = 0;
      do {
        await this.background.pause(SHORTEST_PACE_MS);
        waitedMs += SHORTEST_PACE_MS;
      } while (waitedMs < paceMs());
      await unlessLate(work);
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

  private async readLeases(): Promise<void> {
    if (this.activeDomains().length > 0) await this.readers.readNetworks();
  }

  /**
   * Edited definitions and changed media have no event, or one that comes before the change. A
   * fixed number of domains a round: many cost no more, they are seen later.
   */
  private async reread(): Promise<void> {
    if (this.unread.length === 0) this.unread = this.store.uuids();
    await each(this.unread.splice(0, REREAD_AT_ONCE), READERS, async (uuid) => {
      const record = this.store.record(uuid);
      if (record === undefined || record.stale) return;
      if (await this.isRedefined(record.facts)) await this.readers.touch(uuid);
    });
  }

  private async isRedefined(facts: DomainFacts): Promise<boolean> {
    try {
      return await isRedefined(this.connection, facts);
    } catch (error) {
      if (isWireFailure(error)) throw error;
      logger().debug({ err: error, uuid: facts.ref.uuid }, "inventory: a definition is not told");
      return false;
    }
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
}

import type { Host, Hosts, Inventory } from "@/lib/hypervisor/types";
import type { HostConnection, HostView } from "@/lib/model/host";

/**
 * Hosts for one reading use case, which notes what it looked at: afterwards `unchanged` says
 * whether looking again would show the same. The inventory replaces what has changed and leaves
 * the rest as it is, so that this is a comparison of references.
 */
export class SeenHosts implements Hosts {
  private readonly looks: (() => boolean)[] = [];
  private readonly seen = new Map<string, Host | null>();

  constructor(private readonly hosts: Hosts) {}

  /** Whether everything that was looked at is still what it was. */
  unchanged(): boolean {
    return this.looks.every((same) => same());
  }

  get(hostId: string): Host | null {
    const known = this.seen.get(hostId);
    if (known !== undefined) return known;
    const host = this.note(() => this.hosts.get(hostId));
    const made = host === null ? null : new SeenHost(host, (look) => this.note(look));
    this.seen.set(hostId, made);
    return made;
  }

  list(): Host[] {
    const ids = () => this.hosts.list().map((host) => host.id);
    this.note(() => ids().join());
    return ids().flatMap((id) => this.get(id) ?? []);
  }

  onChange(listener: Parameters<Hosts["onChange"]>[0]): () => void {
    return this.hosts.onChange(listener);
  }

  private note<T>(look: () => T): T {
    const found = look();
    this.looks.push(() => look() === found);
    return found;
  }
}

type Note = <T>(look: () => T) => T;

class SeenHost implements Host {
  readonly id: string;
  readonly name: string;
  readonly inventory: Inventory;
  private connectionSeen = false;
  private viewSeen = false;

  constructor(
    private readonly host: Host,
    private readonly note: Note,
  ) {
    this.id = host.id;
    this.name = host.name;
    const { inventory } = host;
    this.inventory = {
      get: (uuid) => note(() => inventory.get(uuid)),
      networks: () => note(() => inventory.networks()),
      pools: () => note(() => inventory.pools()),
      list: () => {
        // A list is made anew for everybody who asks: its members count.
        const found = inventory.list();
        note(() => isSame(found, inventory.list()));
        return found;
      },
      onChange: (listener) => inventory.onChange(listener),
      attend: () => inventory.attend(),
      refresh: (uuid) => inventory.refresh(uuid),
    };
  }

  get connection(): HostConnection {
    const { host } = this;
    // Every VM of a list asks for it.
    if (!this.connectionSeen) this.note(() => host.connection);
    this.connectionSeen = true;
    return host.connection;
  }

  view(): HostView {
    const { host } = this;
    if (!this.viewSeen) this.note(() => JSON.stringify(host.view()));
    this.viewSeen = true;
    return host.view();
  }
}

function isSame<T>(before: readonly T[], now: readonly T[]): boolean {
  return before.length === now.length && before.every((each, index) => each === now[index]);
}

import { randomUUID } from "node:crypto";

/** virErrorNumber of what the fake daemon refuses, as the real one does. */
export const CODE = {
  noSupport: 3,
  invalidArgument: 8,
  operationFailed: 9,
  xmlDetail: 27,
  noDomain: 42,
  noNetwork: 43,
  noPool: 49,
  noVolume: 50,
  operationInvalid: 55,
} as const;

/** Thrown by a handler: becomes an error packet. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly domain = 10,
  ) {
    super(message);
  }
}

/** virDomainState. */
export const STATE = { running: 1, paused: 3, shutoff: 5 } as const;

export interface FakeDomain {
  name: string;
  uuid: string;
  id: number;
  state: number;
  xml: string;
}

export interface FakeVolume {
  name: string;
  key: string;
  content: Buffer;
}

/** A tiny host in memory: what libvirt's own test driver starts with, roughly. */
export class FakeState {
  readonly domains = new Map<string, FakeDomain>();
  readonly networks = [{ name: "default", uuid: randomUUID() as string }];
  readonly pools = [{ name: "default-pool", uuid: randomUUID() as string }];
  readonly volumes = new Map<string, FakeVolume>();
  private lastId = 0;

  constructor() {
    const domain = this.define("<domain type='test'><name>test</name></domain>");
    this.start(domain);
  }

  define(xml: string): FakeDomain {
    const name = element(xml, "name");
    if (name === null) throw new Refusal(CODE.xmlDetail, "XML error: missing name");
    const known = [...this.domains.values()].find((domain) => domain.name === name);
    const uuid = element(xml, "uuid") ?? known?.uuid ?? randomUUID();
    const domain = known ?? { name, uuid, id: -1, state: STATE.shutoff, xml };
    domain.xml = xml.includes("<uuid>")
      ? xml
      : xml.replace("</name>", `</name><uuid>${uuid}</uuid>`);
    this.domains.set(uuid, domain);
    return domain;
  }

  start(domain: FakeDomain): void {
    if (domain.id >= 0) throw new Refusal(CODE.operationInvalid, "domain is already running");
    domain.id = ++this.lastId;
    domain.state = STATE.running;
  }

  stop(domain: FakeDomain): void {
    if (domain.id < 0) throw new Refusal(CODE.operationInvalid, "domain is not running");
    domain.id = -1;
    domain.state = STATE.shutoff;
  }

  domain({ uuid }: { uuid: string }): FakeDomain {
    const found = this.domains.get(uuid);
    if (found === undefined) throw new Refusal(CODE.noDomain, "Domain not found");
    return found;
  }

  volume({ key }: { key: string }): FakeVolume {
    const found = this.volumes.get(key);
    if (found === undefined) throw new Refusal(CODE.noVolume, "Storage volume not found", 18);
    return found;
  }
}

/** The text of the first `<name>…</name>`; enough for the XML that the tests send. */
export function element(xml: string, name: string): string | null {
  return new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1] ?? null;
}

import { domainEvents } from "../protocol/events";
import type { DomainRef } from "../protocol/types";
import type { FakeContext, Handlers } from "./fake-handlers";
import { CODE, element, type FakeDomain, Refusal, STATE } from "./fake-state";

const EVENT = {
  defined: 0,
  undefined: 1,
  started: 2,
  suspended: 3,
  resumed: 4,
  stopped: 5,
} as const;
const ONLY_ACTIVE = 1;
const ONLY_INACTIVE = 2;
/** A PNG of one pixel, which is what the fake screen shows. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** The fake daemon's domains. */
export const domainHandlers: Handlers = {
  connectListAllDomains({ flags }, { state }) {
    const domains = [...state.domains.values()].filter(
      ({ id }) => (flags & ONLY_ACTIVE ? id >= 0 : true) && (flags & ONLY_INACTIVE ? id < 0 : true),
    );
    return { domains: domains.map(ref), ret: domains.length };
  },
  domainLookupByName: ({ name }, { state }) => ({ dom: ref(byName(state.domains, name)) }),
  domainLookupByUuid: (args, { state }) => ({ dom: ref(state.domain(args)) }),
  domainGetXmlDesc: ({ dom }, { state }) => ({ xml: state.domain(dom).xml }),
  domainGetState: ({ dom }, { state }) => ({ state: state.domain(dom).state, reason: 1 }),
  domainGetInfo: ({ dom }, { state }) => ({
    state: state.domain(dom).state,
    maxMem: 8_388_608n,
    memory: 2_097_152n,
    nrVirtCpu: 2,
    cpuTime: 0n,
  }),
  connectGetAllDomainStats({ doms }, { state }) {
    const domains =
      doms.length > 0 ? doms.map((dom) => state.domain(dom)) : [...state.domains.values()];
    return { retStats: domains.map((domain) => ({ dom: ref(domain), params: stats(domain) })) };
  },
  domainDefineXmlFlags({ xml }, context) {
    const domain = context.state.define(xml);
    return { dom: tell(context, domain, EVENT.defined) };
  },
  domainUndefineFlags({ dom }, context) {
    const domain = context.state.domain(dom);
    context.state.domains.delete(domain.uuid);
    tell(context, domain, EVENT.undefined);
  },
  domainCreateWithFlags({ dom }, context) {
    const domain = context.state.domain(dom);
    context.state.start(domain);
    return { dom: tell(context, domain, EVENT.started) };
  },
  domainDestroyFlags({ dom }, context) {
    const domain = context.state.domain(dom);
    context.state.stop(domain);
    tell(context, domain, EVENT.stopped);
  },
  domainSuspend({ dom }, context) {
    const domain = context.state.domain(dom);
    domain.state = STATE.paused;
    tell(context, domain, EVENT.suspended);
  },
  domainResume({ dom }, context) {
    const domain = context.state.domain(dom);
    domain.state = STATE.running;
    tell(context, domain, EVENT.resumed);
  },
  domainScreenshot({ dom }, { state, open }) {
    state.domain(dom);
    open({ source: [PNG] });
    return { mime: "image/png" };
  },
  /** Its serial port says everything back. */
  domainOpenConsole({ dom }, { state, open }) {
    state.domain(dom);
    open({ onData: (bytes) => bytes });
  },
};

/** Before the answer, as the real daemon does. */
function tell({ emit }: FakeContext, domain: FakeDomain, event: number): DomainRef {
  const dom = ref(domain);
  emit(domainEvents.lifecycle, { dom, event, detail: 0 });
  return dom;
}

function ref({ name, uuid, id }: FakeDomain): DomainRef {
  return { name, uuid, id };
}

function byName(domains: Map<string, FakeDomain>, name: string): FakeDomain {
  const found = [...domains.values()].find((domain) => domain.name === name);
  if (found === undefined) throw new Refusal(CODE.noDomain, "Domain not found");
  return found;
}

function stats({ state, xml }: FakeDomain) {
  const vcpus = Number(element(xml, "vcpu") ?? 1);
  return [
    { field: "state.state", type: "int", value: state },
    { field: "state.reason", type: "int", value: 1 },
    { field: "cpu.time", type: "ullong", value: 12_345_678_901_234n },
    { field: "vcpu.current", type: "uint", value: vcpus },
    { field: "block.0.name", type: "string", value: "vda" },
  ] as const;
}

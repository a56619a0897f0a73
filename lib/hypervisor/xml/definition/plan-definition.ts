import type { DefinitionPlan, DefinitionRefusal, UnusualPart } from "@/lib/model/definition";
import { memoryLimitMib, vcpuLimit } from "@/lib/model/headroom";
import {
  type Amounts,
  askedByResize,
  judgeQuota,
  type Quota,
  type ReportedSizes,
  type SizeRow,
} from "@/lib/model/quota";
import { kibToMib } from "@/lib/model/units";
import { type VmSizes, vmDescriptionSchema, vmNameSchema } from "@/lib/model/vm";
import { vmLimits } from "@/lib/model/vm-limits";
import { readOwner } from "../metadata";
import { readSizes } from "../parse-domain";
import { attribute, childrenOf, find, sizeBytesOf, textOf } from "../query";
import { printXml, type XmlElement } from "../tree";
import { atRest } from "./at-rest";
import { compareDomains } from "./compare-domains";
import {
  findForeign,
  findUnusual,
  newFindings,
  type OwnThings,
  ownerElements,
} from "./find-unusual";

export interface DefinitionPlanInput {
  /** Of the text that `current` was read from. */
  digest: string;
  /** What the next boot uses now. */
  current: XmlElement;
  /** What somebody wants instead, with nothing hidden in it. */
  asked: XmlElement;
  /** Whether the guest runs, so that it follows at its next boot only. */
  running: boolean;
  ours: OwnThings;
  /** Places of the disks that are the project's, as its rows have them: "vda". */
  disks: ReadonlySet<string>;
  /** Whether whoever asks may bring what is beyond the allow-list. */
  mayBeUnusual: boolean;
  row: SizeRow;
  reported: ReportedSizes;
  quota: Pick<Quota, "limits" | "used">;
  /** 0 where it is not known, which lifts that bound. */
  host: { cpuCount: number; memoryKib: number };
}

export type PlannedDomain = DefinitionPlan & {
  /** What libvirt is given. */
  domain: XmlElement;
};

/**
 * What another definition would do to a VM, why it cannot be, and what is unusual about it. Pure:
 * what is shown before is computed again, by this, when it is carried out.
 */
export function planDefinition(input: DefinitionPlanInput): PlannedDomain {
  const { current, running, mayBeUnusual, row, reported, quota } = input;
  const domain = atRest(input.asked);
  const changes = compareDomains(current, domain, running);
  const next = readSizes(domain);
  const unusual = newFindings(findingsOf(current, input.ours), findingsOf(domain, input.ours));
  const refusals = [
    ...identityRefusals(current, domain),
    ...wordRefusals(current, domain),
    ...diskRefusals(input, domain),
    ...sizeRefusals(input, domain, next),
  ];
  if (!mayBeUnusual) refusals.push(...unusual.map(notAllowed));
  const sized = refusals.every(({ key }) => !sizeKeys.includes(key));
  const asked = sized ? onlyMore(askedByResize(row, reported, next)) : {};
  const lines = judgeQuota(quota, asked);
  return {
    digest: input.digest,
    changes,
    refusals,
    unusual,
    needsProof: mayBeUnusual && unusual.length > 0,
    before: printXml(current),
    after: printXml(domain),
    next,
    quota: lines,
    possible: refusals.length === 0 && lines.every((line) => !line.over),
    changed: changes.length > 0,
    domain,
  };
}

const sizeKeys: readonly string[] = ["no_sizes", "vcpus", "memory"];

function findingsOf(root: XmlElement, ours: OwnThings) {
  return [...findUnusual(root), ...findForeign(root, ours)];
}

function notAllowed({ path, kind }: UnusualPart): DefinitionRefusal {
  return { key: "unusual", values: { path, kind } };
}

/** A definition belongs to one VM for good: the database and everybody's rights hang on it. */
function identityRefusals(current: XmlElement, asked: XmlElement): DefinitionRefusal[] {
  const same = (name: "uuid" | "name") =>
    textOf(find(current, name))?.trim() === textOf(find(asked, name))?.trim();
  const owner = (root: XmlElement) => JSON.stringify([readOwner(root), ownerElements(root).length]);
  return [
    ...(same("uuid") ? [] : [{ key: "uuid", values: {} } as const]),
    ...(same("name") ? [] : [{ key: "name", values: {} } as const]),
    ...(owner(current) === owner(asked) ? [] : [{ key: "owner", values: {} } as const]),
  ];
}

/** They become the VM's name and description: what those cannot be, these cannot. */
function wordRefusals(current: XmlElement, asked: XmlElement): DefinitionRefusal[] {
  const { nameLength, descriptionLength } = vmLimits;
  const changed = (name: string) => textOf(find(current, name)) !== textOf(find(asked, name));
  const title = (textOf(find(asked, "title")) ?? "").normalize("NFC");
  const description = textOf(find(asked, "description")) ?? "";
  const refusals: DefinitionRefusal[] = [];
  if (changed("title") && vmNameSchema.safeParse(title).data !== title) {
    refusals.push({ key: "title", values: { max: nameLength } });
  }
  if (changed("description") && vmDescriptionSchema.safeParse(description).data !== description) {
    refusals.push({ key: "description", values: { max: descriptionLength } });
  }
  return refusals;
}

/**
 * The project's disks stay what they are and where: without one, its row would say that the VM has
 * it, and on the file below a snapshot the guest would spoil what lies on it.
 */
function diskRefusals(
  { current, disks }: DefinitionPlanInput,
  asked: XmlElement,
): DefinitionRefusal[] {
  return [...disks]
    .filter((target) => {
      const before = sourceOf(current, target);
      return before !== null && before !== sourceOf(asked, target);
    })
    .map((target) => ({ key: "disk", values: { target } }));
}

/** What a disk lies in, to be compared; null without such a disk. */
function sourceOf(root: XmlElement, target: string): string | null {
  const disk = childrenOf(find(root, "devices"), "disk").find(
    (each) =>
      (attribute(each, "device") ?? "disk") === "disk" &&
      attribute(find(each, "target"), "dev") === target,
  );
  if (disk === undefined) return null;
  const source = find(disk, "source");
  return JSON.stringify(["pool", "volume", "file", "dev"].map((name) => attribute(source, name)));
}

function sizeRefusals(
  { current, host }: DefinitionPlanInput,
  asked: XmlElement,
  next: VmSizes,
): DefinitionRefusal[] {
  const readable =
    sizeBytesOf(find(asked, "memory"), "KiB") !== null &&
    /^\s*\d{1,6}\s*$/.test(textOf(find(asked, "vcpu")) ?? "");
  if (!readable) return [{ key: "no_sizes", values: {} }];
  const refusals: DefinitionRefusal[] = [];
  const before = readSizes(current);
  const { vcpus, memoryMib } = vmLimits;
  const [least, most] = [Math.min(next.vcpus, next.maxVcpus), Math.max(next.vcpus, next.maxVcpus)];
  if (least < vcpus.min || most > vcpus.max || next.vcpus > next.maxVcpus) {
    refusals.push({ key: "vcpus", values: { min: vcpus.min, max: vcpus.max } });
  }
  const smallest = Math.min(next.memoryKib, next.maxMemoryKib);
  if (kibToMib(smallest) < memoryMib.min || kibToMib(next.maxMemoryKib) > memoryMib.max) {
    refusals.push({ key: "memory", values: { min: memoryMib.min, max: memoryMib.max } });
  }
  const cpuLimit = vcpuLimit(host.cpuCount);
  if (cpuLimit > 0 && next.vcpus > cpuLimit && next.vcpus > before.vcpus) {
    refusals.push({ key: "host_vcpus", values: { max: cpuLimit } });
  }
  const memoryLimit = memoryLimitMib(host.memoryKib);
  const grows = next.maxMemoryKib > before.maxMemoryKib;
  if (memoryLimit > 0 && grows && kibToMib(next.maxMemoryKib) > memoryLimit) {
    refusals.push({ key: "host_memory", values: { max: memoryLimit } });
  }
  return refusals;
}

/** Only what the definition moves is told. */
function onlyMore(asked: Partial<Amounts>): Partial<Amounts> {
  return Object.fromEntries(Object.entries(asked).filter(([, amount]) => amount !== 0));
}

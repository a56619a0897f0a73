import { expect, it, onTestFinished } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { ensureHostReady } from "@/lib/hypervisor/ensure-host-ready";
import { connectTestHost } from "@/lib/hypervisor/testing/test-host";
import { SequenceLab, takesTestDomains } from "../testing/sequences/lab";
import { allVerbs, examples, sequences, type Verb } from "../testing/sequences/verbs";

const socket = process.env.PORTICO_TEST_LIBVIRT_SOCKET ?? "";
/** The same sequences each time, so that a change is judged by what it did; give another to look further. */
const seed = Number(process.env.PORTICO_SEED ?? 20_261_127);
/** Per cent of the thousand and the fifty: all of them take minutes. */
const share = Number(process.env.PORTICO_SEQUENCES ?? 8) / 100;

/** A host at that address with all that Portico needs, and what plays on it. */
async function labAt(uri: string): Promise<SequenceLab> {
  const host = await connectTestHost(uri);
  onTestFinished(() => host.stop());
  if (uri.startsWith("test")) takesTestDomains(host);
  await ensureHostReady(host);
  await eventually("the pools", () => {
    expect(host.inventory.pools().filter((pool) => pool.active).length).toBeGreaterThan(2);
    expect(host.inventory.networks().some((network) => network.active)).toBe(true);
  });
  return SequenceLab.start(host);
}

/** What libvirt's test driver cannot: it hands out no volume, and makes up the size of a disk. */
const beyondTestDriver: readonly Verb[] = ["clone", "growDisk"];

/** What the test driver always refuses: that it is taken back is what is to be seen there. */
const refusedByTestDriver: readonly Verb[] = ["addNic", "attachDisk", "linkNic", "removeNic"];

it(`a thousand sequences leave rows, libvirt and files agreed: seed ${seed}`, async () => {
  const lab = await labAt(`test+unix:///default?socket=${socket}`);
  const verbs = allVerbs.filter((verb) => !beyondTestDriver.includes(verb));
  const numRuns = Math.ceil(1_000 * share);
  await lab.playAll(sequences(verbs, 4), { seed, numRuns, always: examples(verbs) });
  const never = verbs.filter((verb) => (lab.tally.get(verb)?.done ?? 0) === 0);
  expect(never.sort()).toEqual(refusedByTestDriver);
}, 900_000);

it(`fifty sequences do so on QEMU: seed ${seed}`, async () => {
  const lab = await labAt(`qemu+unix:///system?socket=${socket}`);
  const numRuns = Math.ceil(50 * share);
  await lab.playAll(sequences(allVerbs, 4), { seed, numRuns, always: [] });
}, 900_000);

import { expect, it, onTestFinished } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { ensureHostReady } from "@/lib/hypervisor/ensure-host-ready";
import { connectTestHost } from "@/lib/hypervisor/testing/test-host";
import { eachTogether, longExamples, shortExamples } from "../testing/sequences/examples";
import { SequenceLab } from "../testing/sequences/lab";
import { sequences } from "../testing/sequences/sequences";
import { answersAsAgent, takesTestDomains } from "../testing/sequences/test-driver";
import { allVerbs, type Verb } from "../testing/sequences/verbs";

const socket = process.env.PORTICO_TEST_LIBVIRT_SOCKET ?? "";
/** The same sequences each time, so that a change is judged by what it did; give another to look further. */
const seed = Number(process.env.PORTICO_SEED ?? 20_261_127);
/** Per cent of the thousand and the fifty: all of them take minutes. */
const share = Number(process.env.PORTICO_SEQUENCES ?? 3) / 100;
/** What belongs together in its other way, too, when it is looked further. */
const further = (verbs: readonly Verb[]) =>
  share < 1 ? [] : [...eachTogether(verbs, true, true), ...eachTogether(verbs, false, true)];

/** A host at that address with all that Portico needs, and what plays on it. */
async function labAt(uri: string): Promise<SequenceLab> {
  const host = await connectTestHost(uri);
  onTestFinished(() => host.stop());
  if (uri.startsWith("test")) {
    takesTestDomains(host);
    answersAsAgent(host);
  }
  await ensureHostReady(host);
  await eventually("the pools", () => {
    expect(host.inventory.pools().filter((pool) => pool.active).length).toBeGreaterThan(2);
    expect(host.inventory.networks().some((network) => network.active)).toBe(true);
  });
  return SequenceLab.start(host, !uri.startsWith("test"));
}

/**
 * What libvirt's test driver cannot: it hands out no volume, makes up the size of a disk, has no
 * QEMU to copy one, and forgets the drives of a guest that is off.
 */
const beyondTestDriver: readonly Verb[] = [
  ...(["clone", "linkedClone", "growDisk", "convertDisk", "compactDisk", "exportVm"] as const),
  ...(["restore", "restoreInPlace", "verifyBackup", "exportBackup", "deleteBackup"] as const),
];

/** What the test driver refuses, or nearly always: that it is taken back is what is to be seen there. */
const refusedByTestDriver: readonly Verb[] = [
  ...(["addNic", "attachDisk", "backup", "cpu", "eject", "insert", "limitDisk"] as const),
  ...(["linkNic", "modelNic", "moveNic", "pin", "removeNic", "tune"] as const),
];

/** What has to come while something else is under way. */
const rarelyInTime: readonly Verb[] = ["cancel"];

/** What asks the agent in a guest: those on QEMU have no system. */
const beyondEmptyGuest: readonly Verb[] = ["freeze", "thaw"];

const neverDone = ({ tally }: SequenceLab, verbs: readonly Verb[]) =>
  verbs.filter((verb) => tally.done(verb) === 0 && !rarelyInTime.includes(verb)).sort();

it(`a thousand sequences leave rows, libvirt and files agreed: seed ${seed}`, async () => {
  const lab = await labAt(`test+unix:///default?socket=${socket}`);
  const verbs = allVerbs.filter((verb) => !beyondTestDriver.includes(verb));
  const always = [...shortExamples(verbs), ...further(verbs)];
  const numRuns = Math.max(always.length, 1_000 * share);
  await lab.playAll(sequences(verbs, 4), { seed, numRuns, always });
  const possible = verbs.filter((verb) => !refusedByTestDriver.includes(verb));
  expect(neverDone(lab, possible), `${lab.tally}`).toEqual([]);
  await lab.stop();
}, 1_800_000);

it(`fifty sequences do so on QEMU: seed ${seed}`, async () => {
  const lab = await labAt(`qemu+unix:///system?socket=${socket}`);
  const always = longExamples(allVerbs);
  if (share >= 1) always.push(...shortExamples(allVerbs), ...further(allVerbs));
  const numRuns = share < 1 ? always.length : always.length + 50;
  await lab.playAll(sequences(allVerbs, 4), { seed, numRuns, always });
  const possible = allVerbs.filter((verb) => !beyondEmptyGuest.includes(verb));
  if (share >= 1) expect(neverDone(lab, possible), `${lab.tally}`).toEqual([]);
  await lab.stop();
}, 1_800_000);

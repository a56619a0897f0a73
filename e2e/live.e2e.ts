import { test } from "@playwright/test";
import { leaseShows, memoryShows, processShows } from "./live/guest";
import {
  cableChanges,
  mediaChange,
  networkCardsChange,
  processorsChange,
  startsFromCd,
} from "./live/hardware";
import {
  foreignGuestsChange,
  libvirtdComesBack,
  networksChange,
  pageWaitsForPortal,
  poolsChange,
} from "./live/host";
import { type Live, startLive, stopLive } from "./live/live";
import { crashChanges, memoryIsSaved, nameChanges, startsWithHost } from "./live/settings";

test.describe.configure({ mode: "serial" });

/** One host, one portal, one guest and the open pages: each part finds them as the last left them. */
let live: Live;

test.beforeAll(async ({ browser }) => {
  live = await startLive(browser);
});

test.afterAll(async () => {
  if (live) await stopLive(live);
});

test("a VM that starts and its DHCP lease show in the open pages", () => leaseShows(live));

test("who administers sees the guest as the process that it is", () => processShows(live));

test("what the guest tells of its memory is what virsh says", () => memoryShows(live));

test("maximum, topology and model of the processors: by click and by virsh", () =>
  processorsChange(live));

test("network cards: one more, another model and out again, by click and by virsh", () =>
  networkCardsChange(live));

test("networks: defined, started, stopped, undefined", () => networksChange(live));

test("a page that cannot be read anew stays, and is read once the portal answers", () =>
  pageWaitsForPortal(live));

test("pools: defined, started, stopped, undefined", () => poolsChange(live));

test("guests that Portico did not make: defined, started, paused, edited, undefined", () =>
  foreignGuestsChange(live));

test("media of a VM that runs and of one that is off, now and for the next start", () =>
  mediaChange(live));

test("one that is off starts from a CD, once", () => startsFromCd(live));

test("start with the host: by click and by virsh; a lock against deletion", () =>
  startsWithHost(live));

test("a VM's name, description and tags show in the open pages", () => nameChanges(live));

test("a network cable: by click and by virsh", () => cableChanges(live));

test("what a crash of the guest leads to", () => crashChanges(live));

test("saved memory: by click and by virsh, and thrown away", () => memoryIsSaved(live));

test("a libvirtd that goes away and comes back", () => libvirtdComesBack(live));

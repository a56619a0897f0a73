import { expect, it } from "vitest";
import { SeenHosts } from "./seen-hosts";
import { liveVm } from "./testing/live-vm";
import { addVm, makeWorld, type World } from "./testing/world";

async function scene() {
  const world = await makeWorld();
  const [one, other] = [await addVm(world), await addVm(world)];
  for (const row of [one, other]) world.host.set(liveVm(row));
  return { ...world, one, other, seen: new SeenHosts(world.hosts) };
}

it("shows what the hosts show, and stays unchanged beside news of what was not looked at", async () => {
  const { seen, host, one, other } = await scene();
  const found = seen.get("local");
  expect(found?.inventory.get(one.uuid)).toBe(host.inventory.get(one.uuid));
  expect(found?.connection).toBe("connected");
  expect(seen.get("nowhere")).toBeNull();
  host.set(liveVm(other, { state: "off" }));
  expect(seen.unchanged()).toBe(true);
});

type Scene = Awaited<ReturnType<typeof scene>>;
const ways: [string, (seen: SeenHosts, scene: Scene) => void, (world: World & Scene) => void][] = [
  [
    "a VM",
    (seen, { one }) => void seen.get("local")?.inventory.get(one.uuid),
    ({ host, one }) => host.set(liveVm(one, { state: "off" })),
  ],
  [
    "a VM that goes",
    (seen, { one }) => void seen.get("local")?.inventory.get(one.uuid),
    ({ host, one }) => void host.vms.delete(one.uuid),
  ],
  [
    "the connection",
    (seen) => void seen.get("local")?.connection,
    ({ host }) => {
      host.connection = "unreachable";
    },
  ],
  [
    "the host's facts",
    (seen) => void seen.get("local")?.view(),
    ({ host }) => {
      host.syncedAt = null;
    },
  ],
  [
    "its networks",
    (seen) => void seen.get("local")?.inventory.networks(),
    ({ host }) => {
      host.networks = [];
    },
  ],
  [
    "its pools",
    (seen) => void seen.get("local")?.inventory.pools(),
    ({ host }) => {
      host.pools = [];
    },
  ],
  [
    "the list of its VMs",
    (seen) => void seen.get("local")?.inventory.list(),
    ({ host, one }) => host.set(liveVm(one, { state: "off" })),
  ],
  ["a host that comes", (seen) => void seen.list(), ({ hosts }) => void hosts.add("second")],
];

it.each(ways)("notes %s", async (_what, look, change) => {
  const all = await scene();
  look(all.seen, all);
  expect(all.seen.unchanged()).toBe(true);
  change(all);
  expect(all.seen.unchanged()).toBe(false);
});

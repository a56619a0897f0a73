import { expect, it } from "vitest";
import { liveVm } from "@/lib/services/testing/live-vm";
import { addPerson } from "@/lib/services/testing/world";
import { type ApiWorld, makeApiWorld } from "../testing/api-world";
import { SharedAnswers } from "./shared-answers";

interface Listed {
  items: { id: string; name: string; state: string }[];
}

async function reader() {
  const api = await makeApiWorld();
  const token = await api.tokenOf(api.world.member);
  const list = async () => (await api.send("GET", "/vms", { token })).body as Listed;
  const row = await api.world.db.vm.findUniqueOrThrow({ where: { id: api.ids.vmId } });
  return { api, token, list, row };
}

const ways: [string, (scene: Awaited<ReturnType<typeof reader>>) => Promise<unknown>][] = [
  ["a row", ({ api, row }) => rename(api, row.id)],
  ["a VM's state", async ({ api, row }) => api.world.host.set(liveVm(row, { state: "paused" }))],
  [
    "the connection to its host",
    async ({ api }) => {
      api.world.host.connection = "unreachable";
    },
  ],
  [
    "what the reader may see",
    ({ api }) =>
      api.world.db.membership.deleteMany({ where: { userId: api.world.member.actor.userId } }),
  ],
];

function rename(api: ApiWorld, id: string) {
  return api.world.db.vm.update({ where: { id }, data: { name: "another" } });
}

it.each(ways)("the next answer knows that %s has changed", async (_what, change) => {
  const scene = await reader();
  const before = await scene.list();
  expect(before.items).toHaveLength(1);
  expect(await scene.list()).toEqual(before);
  await change(scene);
  expect(await scene.list()).not.toEqual(before);
});

it("one with other rights gets none of a kept answer", async () => {
  const { api, list } = await reader();
  expect((await list()).items).toHaveLength(1);
  const token = await api.tokenOf(api.world.outsider);
  expect((await api.send("GET", "/vms", { token })).body).toEqual({ items: [], nextCursor: null });
});

it("people with the same rights are told the same words, made once", async () => {
  const { api } = await reader();
  const { world } = api;
  const other = await addPerson(world.db, world.hosts, "other", { [world.project]: "member" });
  const answers = new SharedAnswers(async () => "1");
  let made = 0;
  const ask = (keep: boolean) =>
    answers.ask(other, { key: `list ${keep}`, keep }, async () => {
      made += 1;
      return { status: 200, headers: {}, body: "made" };
    });
  expect(String((await ask(true)).body)).toBe("made");
  await ask(true);
  expect(made).toBe(1);
  await ask(false);
  await ask(false);
  expect(made).toBe(3);
});

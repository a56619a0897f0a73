import { describe, expect, it, onTestFinished } from "vitest";
import { eventually } from "@/e2e/helpers/eventually";
import { announceEnded } from "@/lib/auth/session-events";
import { publish } from "@/lib/services/live/bus";
import { addPerson, addVm, makeWorld, type World } from "@/lib/services/testing/world";
import { deleteUser } from "@/lib/services/user/delete-user";
import { setUserDisabled } from "@/lib/services/user/set-user-disabled";
import { openStream } from "./open-stream";

/** Reads a stream as a browser does; `text` grows as it arrives. */
function read(world: World, ctx = world.viewer) {
  const abort = new AbortController();
  const response = openStream(ctx, { projectId: world.project }, abort.signal);
  const state = { text: "", ended: false, response, leave: () => abort.abort() };
  onTestFinished(() => abort.abort());
  const pump = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) state.text += decoder.decode(chunk);
    state.ended = true;
  };
  void pump();
  return state;
}

const eventsOf = (text: string) =>
  text
    .split("\n\n")
    .filter((block) => block.startsWith("data: "))
    .map((block) => JSON.parse(block.slice(6)) as { type: string });

const typesOf = (text: string) => eventsOf(text).map((event) => event.type);

/** Waits for all that opens a stream. */
const opened = (stream: { text: string }) =>
  eventually("its opening", () =>
    expect(typesOf(stream.text)).toEqual(["snapshot", "revision", "revision", "revision"]),
  );

describe("the event stream", () => {
  it("sends one JSON object per event, in a form that no proxy holds back", async () => {
    const world = await makeWorld();
    const vm = await addVm(world);
    const stream = read(world);
    await opened(stream);
    publish({ type: "vm", projectId: world.project, vmId: vm.id });
    await eventually("the change", () =>
      expect(typesOf(stream.text)).toEqual(["snapshot", "revision", "revision", "revision", "vm"]),
    );
    const { headers } = stream.response;
    expect(headers.get("content-type")).toContain("text/event-stream");
    expect(headers.get("cache-control")).toContain("no-transform");
    expect(headers.get("x-accel-buffering")).toBe("no");
    // Browsers come back after three seconds unless they are told otherwise.
    expect(stream.text).toMatch(/^retry: 500\n\n/);
  });

  it("ends with signed_out when its session ends, and only then", async () => {
    const world = await makeWorld();
    const stream = read(world);
    await opened(stream);
    announceEnded([world.member.actor.sessionId]);
    expect(stream.ended).toBe(false);
    announceEnded([world.viewer.actor.sessionId]);
    await eventually("the end", () => expect(stream.ended).toBe(true));
    expect(eventsOf(stream.text).at(-1)).toEqual({ type: "signed_out" });
  });

  it.each([
    ["disabled", setUserDisabled],
    ["deleted", deleteUser],
  ])("ends with signed_out when its reader is %s", async (how, end) => {
    const world = await makeWorld();
    const stream = read(world);
    await opened(stream);
    const { userId, email } = world.viewer.actor;
    const rest = { confirmEmail: email, owners: [], disabled: true };
    await end(world.admin, { userId, ...rest });
    await eventually(`the end of who was ${how}`, () => expect(stream.ended).toBe(true));
    expect(eventsOf(stream.text).at(-1)).toEqual({ type: "signed_out" });
  });

  it("counts per person, and a place is free again when its reader has left", async () => {
    const world = await makeWorld();
    const busy = await addPerson(world.db, world.hosts, "busy", { [world.project]: "viewer" });
    const streams = Array.from({ length: 12 }, () => read(world, busy));
    expect(() => read(world, busy)).toThrow("event streams");
    read(world, world.viewer);
    streams[0]?.leave();
    await eventually("the end", () => expect(streams[0]?.ended).toBe(true));
    read(world, busy);
    expect(() => read(world, busy)).toThrow("event streams");
  });

  it("takes no place for a project that is not there", async () => {
    const world = await makeWorld();
    for (let index = 0; index < 20; index++) {
      expect(() =>
        openStream(world.outsider, { projectId: world.project }, new AbortController().signal),
      ).toThrow("not found");
    }
    const own = openStream(
      world.outsider,
      { projectId: world.otherProject },
      new AbortController().signal,
    );
    await own.body?.cancel();
  });
});

import { expect, it } from "vitest";
import { doorBusyText } from "@/lib/model/door-busy";
import { succeeded } from "@/lib/model/result";
import { reachable } from "./reachable";

const failing = (error: Error) => reachable(() => Promise.reject(error));

it("what an action says is passed on", async () => {
  expect(await reachable(async () => succeeded("in"))).toEqual(succeeded("in"));
});

it("a portal that is away and a door that is full are failures in words; a bug stays one", async () => {
  const key = (of: string) => ({ ok: false, error: { message: { key: of } } });
  expect(await failing(new TypeError("Failed to fetch"))).toMatchObject(key("portal.unreachable"));
  expect(await failing(new Error(doorBusyText))).toMatchObject(key("portal.busy"));
  await expect(failing(new Error("something else"))).rejects.toThrow("something else");
});

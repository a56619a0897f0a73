import { expect, it, vi } from "vitest";
import { show } from "./run.mjs";

it("what runs beside others says on every line which it is, and keeps its exit code", async () => {
  const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const script = "console.log('one\\ntwo'); console.error('three'); process.exitCode = 7";
  const code = await show([process.execPath, "-e", script], { label: "unit │" });
  expect(said.mock.calls.flat().sort()).toEqual(["unit │ one", "unit │ three", "unit │ two"]);
  expect(code).toBe(7);
});

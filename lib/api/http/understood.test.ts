import { expect, it } from "vitest";
import { isAppError } from "@/lib/model/errors";
import { apiBase } from "../spec/operations";
import { Understood } from "./understood";

const url = `${apiBase}/vms/abc?x=1`;

it("takes an address apart, and gives what was found of it the next time", () => {
  const understood = new Understood();
  const asked = understood.ask("GET", url);
  expect(asked).toMatchObject({ id: "getVm", params: { vmId: "abc" }, input: null });
  expect(asked.query.get("x")).toBe("1");
  understood.keep("GET", url, { ...asked, input: { vmId: "abc" } });
  expect(understood.ask("GET", url).input).toEqual({ vmId: "abc" });
  expect(understood.ask("DELETE", url)).toMatchObject({ id: "deleteVm", input: null });
});

it("what is kept can be changed by nobody", () => {
  const understood = new Understood();
  const asked = understood.ask("GET", url);
  understood.keep("GET", url, { ...asked, input: { vmId: "abc" } });
  const { input } = understood.ask("GET", url);
  expect(() => Object.assign(input ?? {}, { vmId: "other" })).toThrow(TypeError);
});

it("keeps no long address, and no more than its share of memory", () => {
  const understood = new Understood();
  const long = `${apiBase}/vms/abc?x=${"1".repeat(300)}`;
  understood.keep("GET", long, { ...understood.ask("GET", long), input: {} });
  expect(understood.ask("GET", long).input).toBeNull();
  const address = (n: number) => `${apiBase}/vms/v${n}`;
  for (let n = 0; n <= 2_000; n++) {
    understood.keep("GET", address(n), { ...understood.ask("GET", address(n)), input: {} });
  }
  expect(understood.ask("GET", address(0)).input).toBeNull();
  expect(understood.ask("GET", address(2_000)).input).toEqual({});
});

it.each([
  ["GET", `${apiBase}/nothing`],
  ["PATCH", `${apiBase}/tasks`],
])("%s %s is refused", (method, address) => {
  const understood = new Understood();
  let refusal: unknown;
  try {
    understood.ask(method, address);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(Error);
  if (isAppError(refusal)) expect(refusal.code).toBe("not_found");
  else expect(refusal).toMatchObject({ code: "request.method" });
});

import { describe, expect, it } from "vitest";
import { auditParams, auditQuery } from "./audit-query";

describe("auditQuery", () => {
  it("reads an address and writes the same one", () => {
    const params = {
      action: "vm.",
      outcome: "ok",
      search: "web",
      from: "2030-01-01T00:00:00.000Z",
    };
    expect(auditParams(auditQuery(params))).toEqual(params);
    expect(auditQuery(params)).toMatchObject({ from: new Date("2030-01-01"), limit: 50 });
  });

  it("takes empty fields of a form for no filter, and of several values the first", () => {
    const params = { action: "", search: " ", actorId: ["a", "b"], from: undefined };
    expect(auditParams(auditQuery(params))).toEqual({ actorId: "a" });
  });

  it.each([
    [{ outcome: "good", action: "vm." }, { action: "vm." }],
    [{ from: "yesterday", search: "web" }, { search: "web" }],
    [{ cursor: "x", limit: "many", actorId: "a" }, { actorId: "a" }],
  ])("leaves out what is spoilt: %j", (params, left) => {
    expect(auditParams(auditQuery(params))).toEqual(left);
  });
});

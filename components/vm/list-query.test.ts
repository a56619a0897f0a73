import { describe, expect, it } from "vitest";
import type { VmView } from "@/lib/model/vm";
import { vmStates } from "@/lib/model/vm-state";
import { firstQuery, type ListQuery, queryFromSearch, queryToSearch, queryVms } from "./list-query";

function vm(name: string, given: Partial<VmView> = {}): VmView {
  return {
    id: name,
    name,
    state: "running",
    addresses: [],
    tags: [],
    template: false,
    cpuPercent: null,
    live: { vcpus: 1, maxVcpus: 1, memoryKib: 1024, maxMemoryKib: 1024 },
    createdAt: "2026-01-01T00:00:00Z",
    ...given,
  } as VmView;
}

const names = (vms: VmView[]) => vms.map((each) => each.name);

describe("queryVms", () => {
  const vms = [
    vm("web-10", { addresses: ["192.168.122.7"] }),
    vm("Web-9", { state: "off" }),
    vm("db", { tags: ["prod"], state: "crashed", cpuPercent: 80 }),
  ];

  it("orders numbers in names as people do", () => {
    expect(names(queryVms(vms, firstQuery, "en"))).toEqual(["db", "Web-9", "web-10"]);
  });

  it("finds by a part of the name or address, whatever the case", () => {
    expect(names(queryVms(vms, { ...firstQuery, text: " WEB " }, "en"))).toEqual([
      "Web-9",
      "web-10",
    ]);
    expect(names(queryVms(vms, { ...firstQuery, text: "122.7" }, "en"))).toEqual(["web-10"]);
    expect(names(queryVms(vms, { ...firstQuery, state: "off" }, "en"))).toEqual(["Web-9"]);
  });

  it("finds by a tag: a whole one that was chosen, a part of one that was typed", () => {
    expect(names(queryVms(vms, { ...firstQuery, tag: "prod" }, "en"))).toEqual(["db"]);
    expect(names(queryVms(vms, { ...firstQuery, tag: "pro" }, "en"))).toEqual([]);
    expect(names(queryVms(vms, { ...firstQuery, text: "pro" }, "en"))).toEqual(["db"]);
  });

  it("shows templates apart from the VMs that run", () => {
    const both = [...vms, vm("base", { template: true, state: "off" })];
    const shown = (kind: ListQuery["kind"]) => names(queryVms(both, { ...firstQuery, kind }, "en"));
    expect(shown("template")).toEqual(["base"]);
    expect(shown("vm")).toEqual(["db", "Web-9", "web-10"]);
    expect(shown(null)).toHaveLength(4);
  });

  it("puts trouble first by state and the unmeasured last by CPU, descending", () => {
    expect(names(queryVms(vms, { ...firstQuery, sort: "state" }, "en"))[0]).toBe("db");
    const byCpu: ListQuery = { ...firstQuery, sort: "cpu", descending: true };
    expect(names(queryVms(vms, byCpu, "en"))).toEqual(["db", "Web-9", "web-10"]);
  });

  it("leaves the given list as it was", () => {
    const before = names([...vms]);
    queryVms(vms, firstQuery, "en");
    expect(names([...vms])).toEqual(before);
  });
});

describe("the query in the address", () => {
  it("is empty for the first query", () => {
    expect(queryToSearch(firstQuery)).toBe("");
  });

  it.each<ListQuery>([
    { text: "a b&c", state: "paused", tag: "web", kind: "vm", sort: "cpu", descending: true },
    { text: "", state: null, tag: "生产", kind: "template", sort: "name", descending: true },
    { text: "网", state: null, tag: null, kind: null, sort: "created", descending: false },
  ])("comes back the same: %o", (query) => {
    const search = new URLSearchParams(queryToSearch(query));
    expect(queryFromSearch(search, vmStates)).toEqual(query);
  });

  it("ignores what it does not know", () => {
    const search = new URLSearchParams("?state=dancing&kind=shoe&sort=-shoe");
    expect(queryFromSearch(search, vmStates)).toEqual(firstQuery);
  });
});

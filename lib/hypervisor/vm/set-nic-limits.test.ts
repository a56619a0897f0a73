import { expect, it } from "vitest";
import { paramsOf } from "./set-nic-limits";

it("names what is given, and takes away what is not", () => {
  const outbound = { average: 512, peak: null, burst: 64 };
  expect(paramsOf({ inbound: null, outbound })).toEqual([
    { field: "inbound.average", type: "uint", value: 0 },
    { field: "outbound.average", type: "uint", value: 512 },
    { field: "outbound.burst", type: "uint", value: 64 },
  ]);
});

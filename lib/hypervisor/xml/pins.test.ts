import { expect, it } from "vitest";
import { readPins } from "./pins";
import { parseXml } from "./tree";

it.each([
  ["<vcpu current='1'>2</vcpu>", { vcpus: [null, null], emulator: null }],
  [
    "<vcpu cpuset='0-1'>2</vcpu>",
    {
      vcpus: [
        [0, 1],
        [0, 1],
      ],
      emulator: [0, 1],
    },
  ],
  [
    "<vcpu cpuset='0-3'>2</vcpu><cputune><vcpupin vcpu='1' cpuset='2'/><emulatorpin cpuset='3'/></cputune>",
    { vcpus: [[0, 1, 2, 3], [2]], emulator: [3] },
  ],
  ["", { vcpus: [null], emulator: null }],
])("%s", (xml, pins) => {
  expect(readPins(parseXml(`<domain>${xml}</domain>`))).toEqual(pins);
});

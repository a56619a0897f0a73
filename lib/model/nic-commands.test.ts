import { expect, it } from "vitest";
import {
  addNicCommands,
  limitNicCommands,
  moveNicCommands,
  nicModelCommands,
  removeNicCommands,
} from "./nic-commands";

const filter =
  "# its <filterref>: clean-traffic where lab gives addresses by DHCP, else no-mac-spoofing";

it("adding a card is a line that virsh takes", () => {
  const plan = { live: true, problem: null };
  const card = { network: "lab", model: "e1000e" } as const;
  expect(addNicCommands("p-one", plan, card)).toEqual([
    "virsh attach-interface p-one network lab --model e1000e --live --config",
    filter,
  ]);
  expect(addNicCommands("p-one", { ...plan, live: false }, { ...card, network: "user" })).toEqual([
    `echo "<interface type='user'><model type='e1000e'/></interface>" > nic.xml`,
    "virsh attach-device p-one nic.xml --config",
  ]);
});

it("taking a card out is one for where it is", () => {
  const nic = { mac: "52:54:00:00:00:01", network: "lab", when: "both" } as const;
  const line = "virsh detach-interface p-one network --mac 52:54:00:00:00:01";
  expect(removeNicCommands("p-one", nic, true)).toEqual([`${line} --live --config`]);
  expect(removeNicCommands("p-one", { ...nic, when: "now" }, true)).toEqual([`${line} --live`]);
  expect(removeNicCommands("p-one", nic, false)).toEqual([`${line} --config`]);
});

it("a card is changed by its own XML", () => {
  const nic = { mac: "52:54:00:00:00:01", when: "both" } as const;
  const xpath = `"//interface[mac/@address='52:54:00:00:00:01']"`;
  expect(moveNicCommands("p-one", nic, { network: "lab", live: true })).toEqual([
    `virsh dumpxml p-one --xpath ${xpath} | sed "s/<source .*/<source network='lab'\\/>/" > nic.xml`,
    filter,
    "virsh update-device p-one nic.xml --live --config",
  ]);
  expect(nicModelCommands("p-one", nic.mac, "e1000e")).toEqual([
    `virsh dumpxml p-one --inactive --xpath ${xpath} | sed -e "/<address type/d" -e "s/<model .*/<model type='e1000e'\\/>/" > nic.xml`,
    "virsh update-device p-one nic.xml --config",
  ]);
});

it("limits are one line, and 0 lifts one", () => {
  const nic = { mac: "52:54:00:00:00:01", when: "both" } as const;
  const line = "virsh domiftune p-one 52:54:00:00:00:01";
  const inbound = { average: 10, peak: 20, burst: 5 };
  expect(limitNicCommands("p-one", nic, { inbound, outbound: null, live: true })).toEqual([
    `${line} --inbound 10,20,5 --outbound 0 --live --config`,
  ]);
  const outbound = { average: 10, peak: null, burst: 5 };
  expect(limitNicCommands("p-one", nic, { inbound: null, outbound, live: false })).toEqual([
    `${line} --inbound 0 --outbound 10,,5 --config`,
  ]);
});

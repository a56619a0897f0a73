import { movedNic } from "@/lib/hypervisor/vm/moved-nic";
import { newNic } from "@/lib/hypervisor/vm/new-nic";
import { withNewDevice } from "@/lib/hypervisor/xml/devices";
import { withLink, withModel, withNic, withNicLimits } from "@/lib/hypervisor/xml/edit-nic";
import { assertNetwork } from "../../network/assert-network";
import type { Foreseen } from "./place";

/** Its address is chosen when it is added, by what the host has then. */
const macLater = "52:54:00:…";

export const addVmNic: Foreseen<"addVmNic"> = async ({ host, root }, { network, model }) => {
  assertNetwork(host, network);
  return withNewDevice(root, await newNic(host, { mac: macLater, network, model }));
};

export const removeVmNic: Foreseen<"removeVmNic"> = ({ root }, { mac }) =>
  withNic(root, mac, () => null);

export const moveVmNic: Foreseen<"moveVmNic"> = async ({ host, root }, { mac, network }) => {
  assertNetwork(host, network);
  return withNic(root, mac, await movedNic(host, network));
};

export const setVmNicModel: Foreseen<"setVmNicModel"> = ({ root }, { mac, model }) =>
  withNic(root, mac, (nic) => withModel(nic, model));

export const setVmNicLimits: Foreseen<"setVmNicLimits"> = ({ root }, { mac, ...limits }) =>
  withNic(root, mac, (nic) => withNicLimits(nic, limits));

export const setVmNicLink: Foreseen<"setVmNicLink"> = ({ root }, { mac, up }) =>
  withNic(root, mac, (nic) => withLink(nic, up));

import { flags, i32, list, needResults, optional, text, u32 } from "../../xdr/codec";
import { call } from "../call";
import { nodeDeviceRef } from "../types";

/** The host's devices, for passing them through to guests. */
export const nodeDeviceProcedures = {
  nodeDeviceLookupByName: call(113, { name: text }, { dev: nodeDeviceRef }),
  nodeDeviceGetXmlDesc: call(114, { name: text, flags }, { xml: text }),
  nodeDeviceGetParent: call(115, { name: text }, { parentName: optional(text) }),
  nodeDeviceListCaps: call(117, { name: text, maxnames: i32 }, { names: list(text, 65536) }),
  nodeDeviceReAttach: call(119, { name: text }),
  nodeDeviceReset: call(120, { name: text }),
  nodeDeviceCreateXml: call(123, { xmlDesc: text, flags }, { dev: nodeDeviceRef }),
  nodeDeviceDestroy: call(124, { name: text }),
  connectListAllNodeDevices: call(
    285,
    { needResults, flags },
    { devices: list(nodeDeviceRef, 65536), ret: u32 },
  ),
  nodeDeviceLookupScsiHostByWwn: call(
    297,
    { wwnn: text, wwpn: text, flags },
    { dev: nodeDeviceRef },
  ),
  nodeDeviceDetachFlags: call(301, { name: text, driverName: optional(text), flags }),
  nodeDeviceDefineXml: call(428, { xmlDesc: text, flags }, { dev: nodeDeviceRef }),
  nodeDeviceUndefine: call(429, { name: text, flags }),
  nodeDeviceCreate: call(430, { name: text, flags }),
  nodeDeviceGetAutostart: call(433, { name: text }, { autostart: i32 }),
  nodeDeviceSetAutostart: call(434, { name: text, autostart: i32 }),
  nodeDeviceIsPersistent: call(435, { name: text }, { persistent: i32 }),
  nodeDeviceIsActive: call(436, { name: text }, { active: i32 }),
};

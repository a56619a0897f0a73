import { flags, i32, list, needResults, text, u32 } from "../../xdr/codec";
import { call } from "../call";
import { interfaceRef } from "../types";

/** The host's network interfaces. */
export const interfaceProcedures = {
  interfaceLookupByName: call(128, { name: text }, { iface: interfaceRef }),
  interfaceLookupByMacString: call(129, { mac: text }, { iface: interfaceRef }),
  interfaceGetXmlDesc: call(130, { iface: interfaceRef, flags }, { xml: text }),
  interfaceDefineXml: call(131, { xml: text, flags }, { iface: interfaceRef }),
  interfaceUndefine: call(132, { iface: interfaceRef }),
  interfaceCreate: call(133, { iface: interfaceRef, flags }),
  interfaceDestroy: call(134, { iface: interfaceRef, flags }),
  interfaceIsActive: call(156, { iface: interfaceRef }, { active: i32 }),
  interfaceChangeBegin: call(220, { flags }),
  interfaceChangeCommit: call(221, { flags }),
  interfaceChangeRollback: call(222, { flags }),
  connectListAllInterfaces: call(
    284,
    { needResults, flags },
    { ifaces: list(interfaceRef, 16384), ret: u32 },
  ),
};

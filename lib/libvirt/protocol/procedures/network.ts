import { typedParams } from "../../typed-params";
import {
  flags,
  i32,
  i64,
  list,
  needResults,
  optional,
  struct,
  text,
  u32,
  uuid,
} from "../../xdr/codec";
import { call } from "../call";
import { networkPortRef, networkRef } from "../types";

const dhcpLease = struct({
  iface: text,
  expirytime: i64,
  type: i32,
  mac: optional(text),
  iaid: optional(text),
  ipaddr: text,
  prefix: u32,
  hostname: optional(text),
  clientid: optional(text),
});

/** Networks, their ports and DHCP leases. */
export const networkProcedures = {
  networkCreate: call(39, { net: networkRef }),
  networkCreateXml: call(40, { xml: text }, { net: networkRef }),
  networkDefineXml: call(41, { xml: text }, { net: networkRef }),
  networkDestroy: call(42, { net: networkRef }),
  networkGetXmlDesc: call(43, { net: networkRef, flags }, { xml: text }),
  networkGetAutostart: call(44, { net: networkRef }, { autostart: i32 }),
  networkGetBridgeName: call(45, { net: networkRef }, { name: text }),
  networkLookupByName: call(46, { name: text }, { net: networkRef }),
  networkLookupByUuid: call(47, { uuid }, { net: networkRef }),
  networkSetAutostart: call(48, { net: networkRef, autostart: i32 }),
  networkUndefine: call(49, { net: networkRef }),
  networkIsActive: call(152, { net: networkRef }, { active: i32 }),
  networkIsPersistent: call(153, { net: networkRef }, { persistent: i32 }),
  connectListAllNetworks: call(
    283,
    { needResults, flags },
    { nets: list(networkRef, 16384), ret: u32 },
  ),
  networkUpdate: call(291, {
    net: networkRef,
    command: u32,
    section: u32,
    parentIndex: i32,
    xml: text,
    flags,
  }),
  networkGetDhcpLeases: call(
    341,
    { net: networkRef, mac: optional(text), needResults, flags },
    { leases: list(dhcpLease, 65536), ret: u32 },
  ),
  networkListAllPorts: call(
    404,
    { network: networkRef, needResults, flags },
    { ports: list(networkPortRef, 16384), ret: u32 },
  ),
  networkPortLookupByUuid: call(405, { network: networkRef, uuid }, { port: networkPortRef }),
  networkPortCreateXml: call(
    406,
    { network: networkRef, xml: text, flags },
    { port: networkPortRef },
  ),
  networkPortGetParameters: call(
    407,
    { port: networkPortRef, nparams: i32, flags },
    { params: typedParams(16), nparams: i32 },
  ),
  networkPortSetParameters: call(408, { port: networkPortRef, params: typedParams(16), flags }),
  networkPortGetXmlDesc: call(409, { port: networkPortRef, flags }, { xml: text }),
  networkPortDelete: call(410, { port: networkPortRef, flags }),
  networkDefineXmlFlags: call(432, { xml: text, flags }, { net: networkRef }),
  networkCreateXmlFlags: call(437, { xml: text, flags }, { net: networkRef }),
};

import { typedParams } from "../../typed-params";
import { flags, i32, i64, list, opaque, optional, struct, text, u32, u64 } from "../../xdr/codec";
import { call, streamCall } from "../call";
import { domainRef } from "../types";

const filesystem = struct({
  mountpoint: text,
  name: text,
  fstype: text,
  devAliases: list(text, 256),
});
const address = struct({ type: i32, addr: text, prefix: u32 });
const guestInterface = struct({ name: text, hwaddr: optional(text), addrs: list(address, 2048) });

/** Domains: what reaches into the guest: agent, console, keys, screen. */
export const domainGuestProcedures = {
  domainMemoryPeek: call(
    104,
    { dom: domainRef, offset: u64, size: u32, flags },
    { buffer: opaque(4194304) },
  ),
  domainOpenConsole: streamCall(201, "duplex", { dom: domainRef, devName: optional(text), flags }),
  domainInjectNmi: call(210, { dom: domainRef, flags }),
  domainScreenshot: streamCall(
    211,
    "download",
    { dom: domainRef, screen: u32, flags },
    { mime: optional(text) },
  ),
  domainSendKey: call(226, {
    dom: domainRef,
    codeset: u32,
    holdtime: u32,
    keycodes: list(u32, 16),
    flags,
  }),
  domainPmSuspendForDuration: call(261, { dom: domainRef, target: u32, duration: u64, flags }),
  domainPmWakeup: call(267, { dom: domainRef, flags }),
  domainGetHostname: call(277, { dom: domainRef, flags }, { hostname: text }),
  domainFstrim: call(294, { dom: domainRef, mountPoint: optional(text), minimum: u64, flags }),
  domainSendProcessSignal: call(295, { dom: domainRef, pidValue: i64, signum: u32, flags }),
  domainOpenChannel: streamCall(296, "duplex", { dom: domainRef, name: optional(text), flags }),
  domainFsfreeze: call(
    335,
    { dom: domainRef, mountpoints: list(text, 256), flags },
    { filesystems: i32 },
  ),
  domainFsthaw: call(
    336,
    { dom: domainRef, mountpoints: list(text, 256), flags },
    { filesystems: i32 },
  ),
  domainGetTime: call(337, { dom: domainRef, flags }, { seconds: i64, nseconds: u32 }),
  domainSetTime: call(338, { dom: domainRef, seconds: i64, nseconds: u32, flags }),
  domainGetFsinfo: call(349, { dom: domainRef, flags }, { info: list(filesystem, 256), ret: u32 }),
  domainInterfaceAddresses: call(
    353,
    { dom: domainRef, source: u32, flags },
    { ifaces: list(guestInterface, 2048) },
  ),
  domainSetUserPassword: call(357, {
    dom: domainRef,
    user: optional(text),
    password: optional(text),
    flags,
  }),
  domainGetGuestVcpus: call(371, { dom: domainRef, flags }, { params: typedParams(64) }),
  domainSetGuestVcpus: call(372, { dom: domainRef, cpumap: text, state: i32, flags }),
  domainGetGuestInfo: call(
    418,
    { dom: domainRef, types: u32, flags },
    { params: typedParams(2048) },
  ),
  domainAgentSetResponseTimeout: call(
    420,
    { dom: domainRef, timeout: i32, flags },
    { result: i32 },
  ),
  domainAuthorizedSshKeysGet: call(
    424,
    { dom: domainRef, user: text, flags },
    { keys: list(text, 2048) },
  ),
  domainAuthorizedSshKeysSet: call(425, {
    dom: domainRef,
    user: text,
    keys: list(text, 2048),
    flags,
  }),
};

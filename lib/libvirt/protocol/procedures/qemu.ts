import { flags, i32, optional, text } from "../../xdr/codec";
import { qemuCall } from "../call";
import { domainRef } from "../types";

/** The program that only QEMU hosts have: its monitor and the guest agent. */
export const qemuProcedures = {
  qemuDomainMonitorCommand: qemuCall(1, { dom: domainRef, cmd: text, flags }, { result: text }),
  qemuDomainAgentCommand: qemuCall(
    3,
    { dom: domainRef, cmd: text, timeout: i32, flags },
    { result: optional(text) },
  ),
};

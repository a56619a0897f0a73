import { flags, i32, list, needResults, optional, text, u64 } from "../../xdr/codec";
import { call } from "../call";

/** The connection itself: what the host is, what it can do, and its CPU models. */
export const connectProcedures = {
  connectGetType: call(3, {}, { type: text }),
  connectGetVersion: call(4, {}, { hvVer: u64 }),
  connectGetMaxVcpus: call(5, { type: optional(text) }, { maxVcpus: i32 }),
  connectGetCapabilities: call(7, {}, { capabilities: text }),
  connectGetHostname: call(59, {}, { hostname: text }),
  connectSupportsFeature: call(60, { feature: i32 }, { supported: i32 }),
  connectGetUri: call(110, {}, { uri: text }),
  connectDomainXmlFromNative: call(
    135,
    { nativeFormat: text, nativeConfig: text, flags },
    { domainXml: text },
  ),
  connectDomainXmlToNative: call(
    136,
    { nativeFormat: text, domainXml: text, flags },
    { nativeConfig: text },
  ),
  connectIsSecure: call(149, {}, { secure: i32 }),
  connectGetLibVersion: call(157, {}, { libVer: u64 }),
  connectCompareCpu: call(158, { xml: text, flags }, { result: i32 }),
  connectBaselineCpu: call(162, { xmlCPUs: list(text, 256), flags }, { cpu: text }),
  connectGetSysinfo: call(203, { flags }, { sysinfo: text }),
  connectGetCpuModelNames: call(
    312,
    { arch: text, needResults, flags },
    { models: list(text, 8192), ret: i32 },
  ),
  connectGetDomainCapabilities: call(
    342,
    {
      emulatorbin: optional(text),
      arch: optional(text),
      machine: optional(text),
      virttype: optional(text),
      flags,
    },
    { capabilities: text },
  ),
  connectCompareHypervisorCpu: call(
    393,
    {
      emulator: optional(text),
      arch: optional(text),
      machine: optional(text),
      virttype: optional(text),
      xmlCPU: text,
      flags,
    },
    { result: i32 },
  ),
  connectBaselineHypervisorCpu: call(
    394,
    {
      emulator: optional(text),
      arch: optional(text),
      machine: optional(text),
      virttype: optional(text),
      xmlCPUs: list(text, 256),
      flags,
    },
    { cpu: text },
  ),
};

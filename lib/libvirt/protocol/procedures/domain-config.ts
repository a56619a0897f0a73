import { typedParams } from "../../typed-params";
import { flags, i32, list, opaque, optional, struct, text, u32, u64 } from "../../xdr/codec";
import { call } from "../call";
import { domainRef } from "../types";

const vcpuInfo = struct({ number: u32, state: i32, cpuTime: u64, cpu: i32 });

/** Domains: definition in detail, processors, memory, devices, tuning. */
export const domainConfigProcedures = {
  domainAttachDevice: call(8, { dom: domainRef, xml: text }),
  domainDetachDevice: call(13, { dom: domainRef, xml: text }),
  domainGetXmlDesc: call(14, { dom: domainRef, flags }, { xml: text }),
  domainGetMaxMemory: call(17, { dom: domainRef }, { memory: u64 }),
  domainGetMaxVcpus: call(18, { dom: domainRef }, { num: i32 }),
  domainGetOsType: call(19, { dom: domainRef }, { type: text }),
  domainGetVcpus: call(
    20,
    { dom: domainRef, maxinfo: i32, maplen: i32 },
    { info: list(vcpuInfo, 16384), cpumaps: opaque(8388608) },
  ),
  domainPinVcpu: call(26, { dom: domainRef, vcpu: u32, cpumap: opaque(2048) }),
  domainSetMaxMemory: call(30, { dom: domainRef, memory: u64 }),
  domainSetMemory: call(31, { dom: domainRef, memory: u64 }),
  domainSetVcpus: call(32, { dom: domainRef, nvcpus: u32 }),
  domainGetSchedulerType: call(56, { dom: domainRef }, { type: text, nparams: i32 }),
  domainGetSchedulerParameters: call(
    57,
    { dom: domainRef, nparams: i32 },
    { params: typedParams(16) },
  ),
  domainSetSchedulerParameters: call(58, { dom: domainRef, params: typedParams(16) }),
  domainAttachDeviceFlags: call(160, { dom: domainRef, xml: text, flags }),
  domainDetachDeviceFlags: call(161, { dom: domainRef, xml: text, flags }),
  domainUpdateDeviceFlags: call(174, { dom: domainRef, xml: text, flags }),
  domainSetMemoryParameters: call(197, { dom: domainRef, params: typedParams(16), flags }),
  domainGetMemoryParameters: call(
    198,
    { dom: domainRef, nparams: i32, flags },
    { params: typedParams(16), nparams: i32 },
  ),
  domainSetVcpusFlags: call(199, { dom: domainRef, nvcpus: u32, flags }),
  domainGetVcpusFlags: call(200, { dom: domainRef, flags }, { num: i32 }),
  domainSetMemoryFlags: call(204, { dom: domainRef, memory: u64, flags }),
  domainSetSchedulerParametersFlags: call(219, { dom: domainRef, params: typedParams(16), flags }),
  domainGetSchedulerParametersFlags: call(
    223,
    { dom: domainRef, nparams: i32, flags },
    { params: typedParams(16) },
  ),
  domainPinVcpuFlags: call(225, { dom: domainRef, vcpu: u32, cpumap: opaque(2048), flags }),
  domainGetVcpuPinInfo: call(
    230,
    { dom: domainRef, ncpumaps: i32, maplen: i32, flags },
    { cpumaps: opaque(8388608), num: i32 },
  ),
  domainSetNumaParameters: call(254, { dom: domainRef, params: typedParams(16), flags }),
  domainGetNumaParameters: call(
    255,
    { dom: domainRef, nparams: i32, flags },
    { params: typedParams(16), nparams: i32 },
  ),
  domainSetInterfaceParameters: call(256, {
    dom: domainRef,
    device: text,
    params: typedParams(16),
    flags,
  }),
  domainGetInterfaceParameters: call(
    257,
    { dom: domainRef, device: text, nparams: i32, flags },
    { params: typedParams(16), nparams: i32 },
  ),
  domainSetMetadata: call(264, {
    dom: domainRef,
    type: i32,
    metadata: optional(text),
    key: optional(text),
    uri: optional(text),
    flags,
  }),
  domainGetMetadata: call(
    265,
    { dom: domainRef, type: i32, uri: optional(text), flags },
    { metadata: text },
  ),
  domainPinEmulator: call(279, { dom: domainRef, cpumap: opaque(2048), flags }),
  domainGetEmulatorPinInfo: call(
    280,
    { dom: domainRef, maplen: i32, flags },
    { cpumaps: opaque(8388608), ret: i32 },
  ),
  domainSetVcpu: call(384, { dom: domainRef, cpumap: text, state: i32, flags }),
  domainDetachDeviceAlias: call(392, { dom: domainRef, alias: text, flags }),
  domainSetLaunchSecurityState: call(439, { dom: domainRef, params: typedParams(64), flags }),
};

import { typedParams } from "../../typed-params";
import { chars, flags, i32, i64, list, struct, text, u32, u64 } from "../../xdr/codec";
import { call } from "../call";
import { domainRef } from "../types";

const securityLabel = struct({ label: chars(4097), enforcing: i32 });
const memoryStat = struct({ tag: i32, val: u64 });
const statsRecord = struct({ dom: domainRef, params: typedParams(262144) });

/** Domains: state, load, jobs. */
export const domainStatsProcedures = {
  domainGetInfo: call(
    16,
    { dom: domainRef },
    { state: u32, maxMem: u64, memory: u64, nrVirtCpu: u32, cpuTime: u64 },
  ),
  domainInterfaceStats: call(
    65,
    { dom: domainRef, device: text },
    {
      rxBytes: i64,
      rxPackets: i64,
      rxErrs: i64,
      rxDrop: i64,
      txBytes: i64,
      txPackets: i64,
      txErrs: i64,
      txDrop: i64,
    },
  ),
  domainGetSecurityLabel: call(121, { dom: domainRef }, { label: chars(4097), enforcing: i32 }),
  domainIsActive: call(150, { dom: domainRef }, { active: i32 }),
  domainIsPersistent: call(151, { dom: domainRef }, { persistent: i32 }),
  domainMemoryStats: call(
    159,
    { dom: domainRef, maxStats: u32, flags },
    { stats: list(memoryStat, 1024) },
  ),
  domainGetJobInfo: call(
    163,
    { dom: domainRef },
    {
      type: i32,
      timeElapsed: u64,
      timeRemaining: u64,
      dataTotal: u64,
      dataProcessed: u64,
      dataRemaining: u64,
      memTotal: u64,
      memProcessed: u64,
      memRemaining: u64,
      fileTotal: u64,
      fileProcessed: u64,
      fileRemaining: u64,
    },
  ),
  domainAbortJob: call(164, { dom: domainRef }),
  domainIsUpdated: call(202, { dom: domainRef }, { updated: i32 }),
  domainGetState: call(212, { dom: domainRef, flags }, { state: i32, reason: i32 }),
  domainGetControlInfo: call(
    229,
    { dom: domainRef, flags },
    { state: u32, details: u32, stateTime: u64 },
  ),
  domainGetCpuStats: call(
    262,
    { dom: domainRef, nparams: u32, startCpu: i32, ncpus: u32, flags },
    { params: typedParams(2048), nparams: i32 },
  ),
  domainGetSecurityLabelList: call(
    278,
    { dom: domainRef },
    { labels: list(securityLabel, 64), ret: i32 },
  ),
  domainGetJobStats: call(298, { dom: domainRef, flags }, { type: i32, params: typedParams(64) }),
  domainSetMemoryStatsPeriod: call(308, { dom: domainRef, period: i32, flags }),
  connectGetAllDomainStats: call(
    344,
    { doms: list(domainRef, 16384), stats: u32, flags },
    { retStats: list(statsRecord, 16384) },
  ),
  domainGetLaunchSecurityInfo: call(396, { dom: domainRef, flags }, { params: typedParams(64) }),
  domainGetMessages: call(426, { dom: domainRef, flags }, { msgs: list(text, 2048) }),
  domainStartDirtyRateCalc: call(427, { dom: domainRef, seconds: i32, flags }),
  domainAbortJobFlags: call(442, { dom: domainRef, flags }),
};

import { typedParams } from "../../typed-params";
import { flags, i32, i64, list, opaque, optional, struct, text, u32, u64 } from "../../xdr/codec";
import { call } from "../call";
import { domainRef } from "../types";

const diskError = struct({ disk: text, error: i32 });
const iothread = struct({ iothreadId: u32, cpumap: opaque(2048) });

/** Domains: disks, block jobs, I/O threads. */
export const domainBlockProcedures = {
  domainBlockStats: call(
    64,
    { dom: domainRef, path: text },
    { rdReq: i64, rdBytes: i64, wrReq: i64, wrBytes: i64, errs: i64 },
  ),
  domainBlockPeek: call(
    103,
    { dom: domainRef, path: text, offset: u64, size: u32, flags },
    { buffer: opaque(4194304) },
  ),
  domainGetBlockInfo: call(
    194,
    { dom: domainRef, path: text, flags },
    { allocation: u64, capacity: u64, physical: u64 },
  ),
  domainSetBlkioParameters: call(205, { dom: domainRef, params: typedParams(16), flags }),
  domainGetBlkioParameters: call(
    206,
    { dom: domainRef, nparams: i32, flags },
    { params: typedParams(16), nparams: i32 },
  ),
  domainBlockJobAbort: call(237, { dom: domainRef, path: text, flags }),
  domainGetBlockJobInfo: call(
    238,
    { dom: domainRef, path: text, flags },
    { found: i32, type: i32, bandwidth: u64, cur: u64, end: u64 },
  ),
  domainBlockJobSetSpeed: call(239, { dom: domainRef, path: text, bandwidth: u64, flags }),
  domainBlockPull: call(240, { dom: domainRef, path: text, bandwidth: u64, flags }),
  domainBlockStatsFlags: call(
    243,
    { dom: domainRef, path: text, nparams: i32, flags },
    { params: typedParams(16), nparams: i32 },
  ),
  domainBlockResize: call(251, { dom: domainRef, disk: text, size: u64, flags }),
  domainSetBlockIoTune: call(252, { dom: domainRef, disk: text, params: typedParams(32), flags }),
  domainGetBlockIoTune: call(
    253,
    { dom: domainRef, disk: optional(text), nparams: i32, flags },
    { params: typedParams(32), nparams: i32 },
  ),
  domainGetDiskErrors: call(
    263,
    { dom: domainRef, maxerrors: u32, flags },
    { errors: list(diskError, 256), nerrors: i32 },
  ),
  domainBlockRebase: call(266, {
    dom: domainRef,
    path: text,
    base: optional(text),
    bandwidth: u64,
    flags,
  }),
  domainBlockCommit: call(290, {
    dom: domainRef,
    disk: text,
    base: optional(text),
    top: optional(text),
    bandwidth: u64,
    flags,
  }),
  domainBlockCopy: call(345, {
    dom: domainRef,
    path: text,
    destxml: text,
    params: typedParams(16),
    flags,
  }),
  domainGetIothreadInfo: call(
    351,
    { dom: domainRef, flags },
    { info: list(iothread, 16384), ret: u32 },
  ),
  domainPinIothread: call(352, { dom: domainRef, iothreadsId: u32, cpumap: opaque(2048), flags }),
  domainAddIothread: call(355, { dom: domainRef, iothreadId: u32, flags }),
  domainDelIothread: call(356, { dom: domainRef, iothreadId: u32, flags }),
  domainSetBlockThreshold: call(386, { dom: domainRef, dev: text, threshold: u64, flags }),
  domainSetIothreadParams: call(402, {
    dom: domainRef,
    iothreadId: u32,
    params: typedParams(64),
    flags,
  }),
};

import { typedParams } from "../../typed-params";
import {
  chars,
  fixedChars,
  flags,
  i32,
  list,
  opaque,
  struct,
  text,
  u32,
  u64,
} from "../../xdr/codec";
import { call } from "../call";

const counter = struct({ field: text, value: u64 });

/** The host: processors, memory, huge pages. */
export const nodeProcedures = {
  nodeGetInfo: call(
    6,
    {},
    {
      model: fixedChars(32),
      memory: u64,
      cpus: i32,
      mhz: i32,
      nodes: i32,
      sockets: i32,
      cores: i32,
      threads: i32,
    },
  ),
  nodeGetCellsFreeMemory: call(101, { startCell: i32, maxcells: i32 }, { cells: list(u64, 1024) }),
  nodeGetFreeMemory: call(102, {}, { freeMem: u64 }),
  nodeGetSecurityModel: call(122, {}, { model: chars(257), doi: chars(257) }),
  nodeGetCpuStats: call(
    227,
    { cpuNum: i32, nparams: i32, flags },
    { params: list(counter, 16), nparams: i32 },
  ),
  nodeGetMemoryStats: call(
    228,
    { nparams: i32, cellNum: i32, flags },
    { params: list(counter, 16), nparams: i32 },
  ),
  nodeSuspendForDuration: call(250, { target: u32, duration: u64, flags }),
  nodeSetMemoryParameters: call(288, { params: typedParams(64), flags }),
  nodeGetMemoryParameters: call(
    289,
    { nparams: i32, flags },
    { params: typedParams(64), nparams: i32 },
  ),
  nodeGetCpuMap: call(
    293,
    { needMap: i32, needOnline: i32, flags },
    { cpumap: opaque(2048), online: u32, ret: i32 },
  ),
  nodeGetFreePages: call(
    340,
    { pages: list(u32, 1024), startCell: i32, cellCount: u32, flags },
    { counts: list(u64, 1024) },
  ),
  nodeAllocPages: call(
    347,
    {
      pageSizes: list(u32, 1024),
      pageCounts: list(u64, 1024),
      startCell: i32,
      cellCount: u32,
      flags,
    },
    { ret: i32 },
  ),
  nodeGetSevInfo: call(395, { nparams: i32, flags }, { params: typedParams(64), nparams: i32 }),
};

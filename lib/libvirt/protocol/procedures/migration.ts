import { typedParams } from "../../typed-params";
import { flags, i32, opaque, optional, text, u64 } from "../../xdr/codec";
import { call } from "../call";
import { domainRef } from "../types";

/** Domains: migration by parameters, protocol version 3, the only one in use today. */
export const migrationProcedures = {
  domainMigrateSetMaxDowntime: call(166, { dom: domainRef, downtime: u64, flags }),
  domainMigrateSetMaxSpeed: call(207, { dom: domainRef, bandwidth: u64, flags }),
  domainMigrateGetMaxSpeed: call(242, { dom: domainRef, flags }, { bandwidth: u64 }),
  domainMigrateGetCompressionCache: call(299, { dom: domainRef, flags }, { cacheSize: u64 }),
  domainMigrateSetCompressionCache: call(300, { dom: domainRef, cacheSize: u64, flags }),
  domainMigrateBegin3Params: call(
    302,
    { dom: domainRef, params: typedParams(64), flags },
    { cookieOut: opaque(4194304), xml: text },
  ),
  domainMigratePrepare3Params: call(
    303,
    { params: typedParams(64), cookieIn: opaque(4194304), flags },
    { cookieOut: opaque(4194304), uriOut: optional(text) },
  ),
  domainMigratePerform3Params: call(
    305,
    {
      dom: domainRef,
      dconnuri: optional(text),
      params: typedParams(64),
      cookieIn: opaque(4194304),
      flags,
    },
    { cookieOut: opaque(4194304) },
  ),
  domainMigrateFinish3Params: call(
    306,
    { params: typedParams(64), cookieIn: opaque(4194304), flags, cancelled: i32 },
    { dom: domainRef, cookieOut: opaque(4194304) },
  ),
  domainMigrateConfirm3Params: call(307, {
    dom: domainRef,
    params: typedParams(64),
    cookieIn: opaque(4194304),
    flags,
    cancelled: i32,
  }),
  domainMigrateStartPostCopy: call(364, { dom: domainRef, flags }),
  domainMigrateGetMaxDowntime: call(387, { dom: domainRef, flags }, { downtime: u64 }),
};

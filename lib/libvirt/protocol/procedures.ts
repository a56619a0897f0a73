import type { InputOf, OutputOf } from "../xdr/codec";
import type { Mode } from "./call";
import { checkpointProcedures } from "./procedures/checkpoint";
import { connectProcedures } from "./procedures/connect";
import { domainBlockProcedures } from "./procedures/domain-block";
import { domainConfigProcedures } from "./procedures/domain-config";
import { domainGuestProcedures } from "./procedures/domain-guest";
import { domainLifecycleProcedures } from "./procedures/domain-lifecycle";
import { domainStatsProcedures } from "./procedures/domain-stats";
import { interfaceProcedures } from "./procedures/interface";
import { migrationProcedures } from "./procedures/migration";
import { networkProcedures } from "./procedures/network";
import { nodeProcedures } from "./procedures/node";
import { nodeDeviceProcedures } from "./procedures/node-device";
import { nwfilterProcedures } from "./procedures/nwfilter";
import { qemuProcedures } from "./procedures/qemu";
import { secretProcedures } from "./procedures/secret";
import { snapshotProcedures } from "./procedures/snapshot";
import { storageProcedures } from "./procedures/storage";

/** The whole protocol as data: arguments and results of every call are inferred from this table. */
export const procedures = {
  ...checkpointProcedures,
  ...connectProcedures,
  ...domainBlockProcedures,
  ...domainConfigProcedures,
  ...domainGuestProcedures,
  ...domainLifecycleProcedures,
  ...domainStatsProcedures,
  ...interfaceProcedures,
  ...migrationProcedures,
  ...networkProcedures,
  ...nodeProcedures,
  ...nodeDeviceProcedures,
  ...nwfilterProcedures,
  ...qemuProcedures,
  ...secretProcedures,
  ...snapshotProcedures,
  ...storageProcedures,
};

export type ProcedureName = keyof typeof procedures;
type NameOfMode<M extends Mode> = {
  [K in ProcedureName]: (typeof procedures)[K]["mode"] extends M ? K : never;
}[ProcedureName];

export type PlainProcedure = NameOfMode<"plain">;
export type UploadProcedure = NameOfMode<"upload">;
export type DownloadProcedure = NameOfMode<"download">;
export type DuplexProcedure = NameOfMode<"duplex">;

export type Args<K extends ProcedureName> = InputOf<(typeof procedures)[K]["args"]>;
export type Result<K extends ProcedureName> = OutputOf<(typeof procedures)[K]["result"]>;

import { flags, i32, list, needResults, optional, text } from "../../xdr/codec";
import { call } from "../call";
import { checkpointRef, domainRef } from "../types";

/** Checkpoints and backups. */
export const checkpointProcedures = {
  domainCheckpointCreateXml: call(
    411,
    { dom: domainRef, xmlDesc: text, flags },
    { checkpoint: checkpointRef },
  ),
  domainCheckpointGetXmlDesc: call(412, { checkpoint: checkpointRef, flags }, { xml: text }),
  domainListAllCheckpoints: call(
    413,
    { dom: domainRef, needResults, flags },
    { checkpoints: list(checkpointRef, 16384), ret: i32 },
  ),
  domainCheckpointListAllChildren: call(
    414,
    { checkpoint: checkpointRef, needResults, flags },
    { checkpoints: list(checkpointRef, 16384), ret: i32 },
  ),
  domainCheckpointLookupByName: call(
    415,
    { dom: domainRef, name: text, flags },
    { checkpoint: checkpointRef },
  ),
  domainCheckpointGetParent: call(
    416,
    { checkpoint: checkpointRef, flags },
    { parent: checkpointRef },
  ),
  domainCheckpointDelete: call(417, { checkpoint: checkpointRef, flags }),
  domainBackupBegin: call(421, {
    dom: domainRef,
    backupXml: text,
    checkpointXml: optional(text),
    flags,
  }),
  domainBackupGetXmlDesc: call(422, { dom: domainRef, flags }, { xml: text }),
};

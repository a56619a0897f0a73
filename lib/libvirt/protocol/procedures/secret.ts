import { flags, i32, list, needResults, opaque, text, u32, uuid } from "../../xdr/codec";
import { call } from "../call";
import { secretRef } from "../types";

/** Secrets, such as the keys of encrypted volumes. */
export const secretProcedures = {
  secretLookupByUuid: call(141, { uuid }, { secret: secretRef }),
  secretDefineXml: call(142, { xml: text, flags }, { secret: secretRef }),
  secretGetXmlDesc: call(143, { secret: secretRef, flags }, { xml: text }),
  secretSetValue: call(144, { secret: secretRef, value: opaque(65536), flags }),
  secretGetValue: call(145, { secret: secretRef, flags }, { value: opaque(65536) }),
  secretUndefine: call(146, { secret: secretRef }),
  secretLookupByUsage: call(147, { usageType: i32, usageId: text }, { secret: secretRef }),
  connectListAllSecrets: call(
    287,
    { needResults, flags },
    { secrets: list(secretRef, 16384), ret: u32 },
  ),
};

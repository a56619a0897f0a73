import { flags, i32, list, needResults, text } from "../../xdr/codec";
import { call } from "../call";
import { domainRef, snapshotRef } from "../types";

/** Snapshots. */
export const snapshotProcedures = {
  domainSnapshotCreateXml: call(
    185,
    { dom: domainRef, xmlDesc: text, flags },
    { snap: snapshotRef },
  ),
  domainSnapshotGetXmlDesc: call(186, { snap: snapshotRef, flags }, { xml: text }),
  domainSnapshotLookupByName: call(
    189,
    { dom: domainRef, name: text, flags },
    { snap: snapshotRef },
  ),
  domainHasCurrentSnapshot: call(190, { dom: domainRef, flags }, { result: i32 }),
  domainSnapshotCurrent: call(191, { dom: domainRef, flags }, { snap: snapshotRef }),
  domainRevertToSnapshot: call(192, { snap: snapshotRef, flags }),
  domainSnapshotDelete: call(193, { snap: snapshotRef, flags }),
  domainSnapshotGetParent: call(244, { snap: snapshotRef, flags }, { snap: snapshotRef }),
  domainSnapshotIsCurrent: call(271, { snap: snapshotRef, flags }, { current: i32 }),
  domainSnapshotHasMetadata: call(272, { snap: snapshotRef, flags }, { metadata: i32 }),
  domainListAllSnapshots: call(
    274,
    { dom: domainRef, needResults, flags },
    { snapshots: list(snapshotRef, 16384), ret: i32 },
  ),
  domainSnapshotListAllChildren: call(
    275,
    { snapshot: snapshotRef, needResults, flags },
    { snapshots: list(snapshotRef, 16384), ret: i32 },
  ),
};

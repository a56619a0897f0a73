import { flags, i32, list, needResults, optional, text, u32, u64, uuid } from "../../xdr/codec";
import { call, streamCall } from "../call";
import { poolRef, volumeRef } from "../types";

/** Storage pools and volumes. */
export const storageProcedures = {
  connectFindStoragePoolSources: call(
    75,
    { type: text, srcSpec: optional(text), flags },
    { xml: text },
  ),
  storagePoolCreateXml: call(76, { xml: text, flags }, { pool: poolRef }),
  storagePoolDefineXml: call(77, { xml: text, flags }, { pool: poolRef }),
  storagePoolCreate: call(78, { pool: poolRef, flags }),
  storagePoolBuild: call(79, { pool: poolRef, flags }),
  storagePoolDestroy: call(80, { pool: poolRef }),
  storagePoolDelete: call(81, { pool: poolRef, flags }),
  storagePoolUndefine: call(82, { pool: poolRef }),
  storagePoolRefresh: call(83, { pool: poolRef, flags }),
  storagePoolLookupByName: call(84, { name: text }, { pool: poolRef }),
  storagePoolLookupByUuid: call(85, { uuid }, { pool: poolRef }),
  storagePoolLookupByVolume: call(86, { vol: volumeRef }, { pool: poolRef }),
  storagePoolGetInfo: call(
    87,
    { pool: poolRef },
    { state: u32, capacity: u64, allocation: u64, available: u64 },
  ),
  storagePoolGetXmlDesc: call(88, { pool: poolRef, flags }, { xml: text }),
  storagePoolGetAutostart: call(89, { pool: poolRef }, { autostart: i32 }),
  storagePoolSetAutostart: call(90, { pool: poolRef, autostart: i32 }),
  storageVolCreateXml: call(93, { pool: poolRef, xml: text, flags }, { vol: volumeRef }),
  storageVolDelete: call(94, { vol: volumeRef, flags }),
  storageVolLookupByName: call(95, { pool: poolRef, name: text }, { vol: volumeRef }),
  storageVolLookupByKey: call(96, { key: text }, { vol: volumeRef }),
  storageVolLookupByPath: call(97, { path: text }, { vol: volumeRef }),
  storageVolGetInfo: call(98, { vol: volumeRef }, { type: i32, capacity: u64, allocation: u64 }),
  storageVolGetXmlDesc: call(99, { vol: volumeRef, flags }, { xml: text }),
  storageVolGetPath: call(100, { vol: volumeRef }, { name: text }),
  storageVolCreateXmlFrom: call(
    125,
    { pool: poolRef, xml: text, clonevol: volumeRef, flags },
    { vol: volumeRef },
  ),
  storagePoolIsActive: call(154, { pool: poolRef }, { active: i32 }),
  storagePoolIsPersistent: call(155, { pool: poolRef }, { persistent: i32 }),
  storageVolWipe: call(165, { vol: volumeRef, flags }),
  storageVolUpload: streamCall(208, "upload", { vol: volumeRef, offset: u64, length: u64, flags }),
  storageVolDownload: streamCall(209, "download", {
    vol: volumeRef,
    offset: u64,
    length: u64,
    flags,
  }),
  storageVolWipePattern: call(259, { vol: volumeRef, algorithm: u32, flags }),
  storageVolResize: call(260, { vol: volumeRef, capacity: u64, flags }),
  connectListAllStoragePools: call(
    281,
    { needResults, flags },
    { pools: list(poolRef, 16384), ret: u32 },
  ),
  storagePoolListAllVolumes: call(
    282,
    { pool: poolRef, needResults, flags },
    { vols: list(volumeRef, 16384), ret: u32 },
  ),
  storageVolGetInfoFlags: call(
    378,
    { vol: volumeRef, flags },
    { type: i32, capacity: u64, allocation: u64 },
  ),
  storagePoolLookupByTargetPath: call(391, { path: text }, { pool: poolRef }),
  connectGetStoragePoolCapabilities: call(403, { flags }, { capabilities: text }),
};

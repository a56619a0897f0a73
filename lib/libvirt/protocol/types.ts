import { type Codec, i32, type OutputOf, optional, struct, text, uuid } from "../xdr/codec";

/** How libvirt names its objects on the wire. Written out by hand where thousands are read. */
export interface DomainRef {
  name: string;
  uuid: string;
  /** Changes with every start; -1 when the domain is not running. */
  id: number;
}

export const domainRef: Codec<DomainRef> = {
  read: (r) => ({ name: r.text(), uuid: r.uuid(), id: r.i32() }),
  write(w, dom) {
    w.text(dom.name);
    w.uuid(dom.uuid);
    w.i32(dom.id);
  },
};

export const networkRef = struct({ name: text, uuid });
export const networkPortRef = struct({ net: networkRef, uuid });
export const poolRef = struct({ name: text, uuid });
export const volumeRef = struct({ pool: text, name: text, key: text });
export const nwfilterRef = struct({ name: text, uuid });
export const nwfilterBindingRef = struct({ portdev: text, filtername: text });
export const interfaceRef = struct({ name: text, mac: text });
export const nodeDeviceRef = struct({ name: text });
export const secretRef = struct({ uuid, usageType: i32, usageId: text });
export const snapshotRef = struct({ name: text, dom: domainRef });
export const checkpointRef = struct({ name: text, dom: domainRef });

/** The payload of every answer whose status is "error". */
export const remoteError = struct({
  code: i32,
  domain: i32,
  message: optional(text),
  level: i32,
  dom: optional(domainRef),
  str1: optional(text),
  str2: optional(text),
  str3: optional(text),
  int1: i32,
  int2: i32,
  net: optional(networkRef),
});

export type NetworkRef = OutputOf<typeof networkRef>;
export type NetworkPortRef = OutputOf<typeof networkPortRef>;
export type PoolRef = OutputOf<typeof poolRef>;
export type VolumeRef = OutputOf<typeof volumeRef>;
export type NwfilterRef = OutputOf<typeof nwfilterRef>;
export type InterfaceRef = OutputOf<typeof interfaceRef>;
export type NodeDeviceRef = OutputOf<typeof nodeDeviceRef>;
export type SecretRef = OutputOf<typeof secretRef>;
export type SnapshotRef = OutputOf<typeof snapshotRef>;
export type CheckpointRef = OutputOf<typeof checkpointRef>;

export { type ConnectOptions, connect } from "./client";
export type { Connection } from "./connection";
export { openSshTunnel, type SshTunnel } from "./dial/ssh-tunnel";
export { isLibvirtError, LibvirtError, type LibvirtErrorKind } from "./errors";
export type { Unsubscribe } from "./events";
export type {
  DomainEvent,
  DomainEventName,
  NetworkEvent,
  NetworkEventName,
  PoolEvent,
  PoolEventName,
} from "./protocol/events";
export type {
  Args,
  DownloadProcedure,
  DuplexProcedure,
  PlainProcedure,
  ProcedureName,
  Result,
  UploadProcedure,
} from "./protocol/procedures";
export type {
  CheckpointRef,
  DomainRef,
  InterfaceRef,
  NetworkPortRef,
  NetworkRef,
  NodeDeviceRef,
  NwfilterRef,
  PoolRef,
  SecretRef,
  SnapshotRef,
  VolumeRef,
} from "./protocol/types";
export type { WaitOptions } from "./rpc/call";
export type { TypedParam, TypedParams, TypedValue } from "./typed-params";
export { type LibvirtUri, parseUri, type Transport } from "./uri";

import type { OperationCall, OperationId } from "../../spec/operations";
import type { ProblemCode } from "../../spec/problem";
import type { ApiWorld } from "../api-world";

export type Role = "viewer" | "member" | "owner" | "admin" | "auditor" | "outsider";

/** A call that succeeds, by the person who needs the least rights for it. */
export interface Case<Id extends OperationId> {
  as: Role;
  input: (api: ApiWorld) => OperationCall<Id> | Promise<OperationCall<Id>>;
  /** Whether libvirt is called: rows alone cannot answer it. */
  onHost?: true;
  /** Whether an agent inside the guest has to answer: shown where a guest is installed. */
  inGuest?: true;
  /** Refusals of its own: the code, what is different, and what happened before. */
  refusals?: [
    code: ProblemCode,
    change: object | ((api: ApiWorld) => object),
    before?: (api: ApiWorld) => unknown,
  ][];
}

/** A case for every operation of one table: one without does not compile. */
export type CasesOf<Table> = { [Id in keyof Table & OperationId]: Case<Id> };

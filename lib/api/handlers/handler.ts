import type { UserMessage } from "@/lib/model/errors";
import type { Context } from "@/lib/services/context";
import type { OperationId, OperationInput, OperationResult } from "../spec/operations";

/** The words of a message in the language of the request. */
export type Say = (message: UserMessage) => string;

/** Calls the use case of an operation and makes its answer; rights are the use case's matter. */
export type Handler<Id extends OperationId> = (
  ctx: Context,
  input: OperationInput<Id>,
  say: Say,
) => Promise<OperationResult<Id>>;

/** A handler for each of some operations. */
export type HandlersOf<Id extends OperationId> = { [Each in Id]: Handler<Each> };

import type { UserMessage } from "@/lib/model/errors";
import type { RequestCode } from "../spec/problem";

/** A request that HTTP itself refuses, before any use case is asked. */
export class RequestProblem extends Error {
  readonly userMessage: UserMessage;

  constructor(
    readonly code: RequestCode,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = "RequestProblem";
    this.userMessage = { key: `request.${code.replace(".", "_")}` };
  }
}

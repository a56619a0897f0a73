import { httpStatusOf } from "@/lib/model/errors";
import type { ActionResult } from "@/lib/model/result";

/** An ActionResult as the answer of a route; its status says the same, and nobody keeps it. */
export function answerResult(result: ActionResult<unknown>): Response {
  return Response.json(result, {
    status: result.ok ? 200 : httpStatusOf[result.error.code],
    headers: { "Cache-Control": "no-store" },
  });
}

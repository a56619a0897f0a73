import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { checkOrigin, originFacts } from "@/lib/auth/origin";
import { logger } from "@/lib/log";
import { isAppError } from "@/lib/model/errors";
import { parseInput } from "@/lib/model/parse-input";
import { type ActionResult, failed, succeeded } from "@/lib/model/result";
import type { Context } from "@/lib/services/context";
import { enrolmentContext, noteRefusal, requestContext } from "./session";

/**
 * Makes a server action out of a use case: own Origin, signed-in actor, parsed input, then
 * `run`. AppErrors come back as values; anything else is logged and thrown, and the person
 * reads only its digest.
 */
export function action<S extends z.ZodType, T>(
  schema: S,
  run: (ctx: Context, input: z.output<S>) => Promise<T>,
): (input: z.input<S>) => Promise<ActionResult<T>> {
  return guarded(async (input) => {
    const ctx = await requestContext();
    return run(ctx, parseInput(schema, input));
  });
}

/** The same for what a person may also do who has yet to set up a required second factor. */
export function enrolmentAction<S extends z.ZodType, T>(
  schema: S,
  run: (ctx: Context, input: z.output<S>) => Promise<T>,
): (input: z.input<S>) => Promise<ActionResult<T>> {
  return guarded(async (input) => {
    const ctx = await enrolmentContext();
    return run(ctx, parseInput(schema, input));
  });
}

/** The same for strangers: signing in and setting up. */
export function publicAction<S extends z.ZodType, T>(
  schema: S,
  run: (input: z.output<S>) => Promise<T>,
): (input: z.input<S>) => Promise<ActionResult<T>> {
  return guarded(async (input) => run(parseInput(schema, input)));
}

function guarded<I, T>(work: (input: I) => Promise<T>): (input: I) => Promise<ActionResult<T>> {
  return async (input) => {
    try {
      checkOrigin(originFacts(await headers()));
      return succeeded(await work(input));
    } catch (error) {
      unstable_rethrow(error);
      if (!isAppError(error)) logger().error({ err: error }, "an action failed");
      await noteRefusal(error, "action");
      return failed(error);
    }
  };
}

import { notFound } from "next/navigation";
import { noteRefusal } from "@/app/session";
import { isAppError } from "@/lib/model/errors";

/**
 * For pages: turns a use case's `not_found` into the page that says so, and notes refusals. A page
 * that the role may not see does not exist for it either.
 */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await noteRefusal(error, "page");
    if (isAppError(error, "not_found") || isAppError(error, "auth.forbidden")) notFound();
    throw error;
  }
}

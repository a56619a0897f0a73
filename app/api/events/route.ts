import { httpStatusOf, isAppError } from "@/lib/model/errors";
import { noteRefusal, requestContext } from "../../session";
import { openStream } from "./open-stream";

export const dynamic = "force-dynamic";

/**
 * Live events for one page, as server-sent events: of the project that is named, and of the
 * installation for a page of its administration.
 */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const input = { projectId: query.get("project"), installation: query.get("area") === "admin" };
  try {
    return openStream(await requestContext(), input, request.signal);
  } catch (error) {
    if (!isAppError(error)) throw error;
    await noteRefusal(error, "events");
    const body = { code: error.code, message: error.userMessage };
    return Response.json(body, { status: httpStatusOf[error.code] });
  }
}

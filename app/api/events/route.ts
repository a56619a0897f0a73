import { httpStatusOf, isAppError } from "@/lib/model/errors";
import { noteRefusal, requestContext } from "../../session";
import { openStream } from "./open-stream";

export const dynamic = "force-dynamic";

/** The project's live events for one page, as server-sent events. */
export async function GET(request: Request): Promise<Response> {
  const projectId = new URL(request.url).searchParams.get("project") ?? "";
  try {
    return openStream(await requestContext(), projectId, request.signal);
  } catch (error) {
    if (!isAppError(error)) throw error;
    await noteRefusal(error, "events");
    const body = { code: error.code, message: error.userMessage };
    return Response.json(body, { status: httpStatusOf[error.code] });
  }
}

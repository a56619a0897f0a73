import { noteRefusal, requestContext } from "@/app/session";
import { httpStatusOf, isAppError } from "@/lib/model/errors";
import { getScreen } from "@/lib/services/screen/get-screen";

export const dynamic = "force-dynamic";

/** What the VM's screen shows, as a PNG; 304 while it is the one that the browser has. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  try {
    const { id: vmId } = await params;
    const { png, etag } = await getScreen(await requestContext(), { vmId });
    const headers = { etag, "cache-control": "private, no-cache" };
    if (request.headers.get("if-none-match") === etag) {
      return new Response(null, { status: 304, headers });
    }
    return new Response(new Uint8Array(png), {
      headers: { ...headers, "content-type": "image/png" },
    });
  } catch (error) {
    if (!isAppError(error)) throw error;
    await noteRefusal(error, "page");
    const body = { code: error.code, message: error.userMessage };
    return Response.json(body, {
      status: httpStatusOf[error.code],
      headers: { "cache-control": "no-store" },
    });
  }
}

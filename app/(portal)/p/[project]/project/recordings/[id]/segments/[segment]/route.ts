import { noteRefusal, requestContext } from "@/app/session";
import { httpStatusOf, isAppError, notFound } from "@/lib/model/errors";
import { readSegment } from "@/lib/services/recording/read-segment";

export const dynamic = "force-dynamic";

interface SegmentProps {
  params: Promise<{ id: string; segment: string }>;
}

/** The updates of one segment of a recording, packed by gzip. */
export async function GET(_request: Request, { params }: SegmentProps): Promise<Response> {
  try {
    const { id: recordingId, segment } = await params;
    if (!/^\d{1,6}$/.test(segment)) throw notFound(`segment ${segment}`);
    const packed = await readSegment(await requestContext(), {
      recordingId,
      segment: Number(segment),
    });
    return new Response(new Uint8Array(packed), {
      headers: {
        "content-type": "application/gzip",
        "cache-control": "no-store",
      },
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

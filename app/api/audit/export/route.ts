import { z } from "zod";
import { noteRefusal, requestContext } from "@/app/session";
import { auditFilterSchema } from "@/lib/model/audit";
import { givenParams } from "@/lib/model/audit-query";
import { AppError, httpStatusOf, isAppError } from "@/lib/model/errors";
import { parseInput } from "@/lib/model/parse-input";
import { auditFormats, exportAudit } from "@/lib/services/audit/export-audit";

export const dynamic = "force-dynamic";

const schema = auditFilterSchema.extend({ format: z.enum(auditFormats) });

const contentTypes = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

/** The audit log as a file, by the filter in the query; the browser saves it as it comes. */
export async function GET(request: Request): Promise<Response> {
  try {
    // It leaves a row in the log: another site's page must not make it do so.
    if (request.headers.get("sec-fetch-site") === "cross-site") {
      throw new AppError({ code: "auth.forbidden", message: "an export from another site" });
    }
    const ctx = await requestContext();
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const input = parseInput(schema, givenParams(query));
    const stamp = ctx.clock().toISOString().slice(0, 16).replaceAll(/[-:]/g, "");
    return new Response(await exportAudit(ctx, input), {
      headers: {
        "content-type": contentTypes[input.format],
        "content-disposition": `attachment; filename="portico-audit-${stamp}Z.${input.format}"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    if (!isAppError(error)) throw error;
    await noteRefusal(error, "export");
    const body = { code: error.code, message: error.userMessage };
    return Response.json(body, { status: httpStatusOf[error.code] });
  }
}

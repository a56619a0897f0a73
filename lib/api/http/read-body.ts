import type { IncomingMessage } from "node:http";
import { RequestProblem } from "./request-problem";

export const maxBodyBytes = 256 * 1024;

/**
 * The JSON value that a request brings; undefined without a body. Throws a RequestProblem for
 * another content type, for more than 256 KiB and for what is no JSON.
 */
export async function readBody(req: IncomingMessage): Promise<unknown> {
  const announced = Number(req.headers["content-length"] ?? 0);
  if (announced === 0 && req.headers["transfer-encoding"] === undefined) return undefined;
  if (announced > maxBodyBytes) throw tooLarge();
  assertJson(req.headers["content-type"]);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBodyBytes) throw tooLarge();
    chunks.push(chunk as Buffer);
  }
  if (bytes === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new RequestProblem("request.malformed", "the body is no JSON in UTF-8");
  }
}

function assertJson(contentType: string | undefined): void {
  const [type, ...parameters] = (contentType ?? "").toLowerCase().split(";");
  const utf8 = parameters.every((each) => /^\s*charset\s*=\s*"?utf-8"?\s*$/.test(each));
  if (type?.trim() === "application/json" && utf8) return;
  throw new RequestProblem("request.media_type", `a body of type ${contentType ?? "(none)"}`);
}

function tooLarge(): RequestProblem {
  // What is still on its way is not read: the connection ends with the answer.
  const headers = { Connection: "close" };
  return new RequestProblem("request.too_large", `more than ${maxBodyBytes} bytes`, headers);
}

import http from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { matchPath } from "@/lib/api/http/match-path";
import { openApiDocument } from "@/lib/api/openapi/document";
import { apiBase, type OperationId, operations } from "@/lib/api/spec/operations";

export interface Asked {
  id: OperationId;
  query: Record<string, string>;
  body: unknown;
}

/**
 * A portal that answers every operation with the example of its documentation, and remembers what
 * it was asked. Uploads are complete at their first question.
 */
export async function examplePortal(): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = http.createServer((req, res) => {
    const url = new URL(req.url ?? "/", "http://portal");
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      if (url.pathname.startsWith("/api/uploads/")) {
        const whole = String(uploadBytes);
        return res.writeHead(200, { "upload-offset": whole, "upload-length": whole }).end();
      }
      const match = matchPath(url.pathname.slice(apiBase.length));
      const id = match?.byMethod.get(req.method ?? "");
      if (id === undefined) return res.writeHead(404).end();
      const text = Buffer.concat(chunks).toString();
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      asked.push({ id, query: Object.fromEntries(url.searchParams), body });
      const answer = exampleAnswer(id);
      res.writeHead(operations[id].status, { "content-type": "application/json" });
      res.end(answer === undefined ? "" : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** How long the file is that a test uploads. */
export const uploadBytes = 4;

function exampleAnswer(id: OperationId): unknown {
  const { path, method, status } = operations[id];
  const response = openApiDocument().paths[path]?.[method.toLowerCase()]?.responses[status];
  const content = response?.content as Record<string, { example: unknown }> | undefined;
  return content?.["application/json"]?.example;
}

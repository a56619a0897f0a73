import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A bare Node handler: it has the bytes already, and asks nobody who wants them. */
process.once("message", (pages: Record<string, string>) => {
  const bodies = new Map(Object.entries(pages));
  const server = createServer((req, res) => {
    const body = bodies.get(req.url ?? "") ?? "";
    res.writeHead(200, {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(body),
    });
    res.end(body);
  });
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
});

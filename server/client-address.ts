import type { IncomingMessage } from "node:http";

/**
 * The client's address: the socket's, or, behind `trustedProxies` reverse proxies, the entry of
 * X-Forwarded-For that the outermost trusted one has seen. Entries further left are hearsay.
 */
export function clientAddress(req: IncomingMessage, trustedProxies: number): string {
  const socketAddress = req.socket.remoteAddress ?? "unknown";
  if (trustedProxies === 0) return socketAddress;
  const header = req.headers["x-forwarded-for"];
  const hops = (Array.isArray(header) ? header.join(",") : (header ?? ""))
    .split(",")
    .map((hop) => hop.trim())
    .filter((hop) => hop !== "");
  return hops.at(-trustedProxies) ?? hops[0] ?? socketAddress;
}

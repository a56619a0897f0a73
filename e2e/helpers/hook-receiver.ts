import http from "node:http";
import type { AddressInfo } from "node:net";

/** A server that webhooks are sent to; keeps what it got. */
export interface HookReceiver {
  url: string;
  calls: { signature: string; body: string }[];
  stop(): Promise<void>;
}

export async function startHookReceiver(): Promise<HookReceiver> {
  const calls: HookReceiver["calls"] = [];
  const server = http.createServer((req, res) => {
    let body = "";
    req.setEncoding("utf8").on("data", (part: string) => {
      body += part;
    });
    req.on("end", () => {
      calls.push({ signature: String(req.headers["portico-signature"]), body });
      res.writeHead(204).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/watch`,
    calls,
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
}

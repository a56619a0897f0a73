import WebSocket from "ws";
import type { OperationResult } from "@/lib/api/spec/operations";
import type { Client } from "./client";

/** The WebSocket that a ticket opens, with the profile's token; nothing is followed elsewhere. */
export function openConsole(
  client: Client,
  { path, protocols }: OperationResult<"createConsoleTicket">,
): WebSocket {
  const { url, token } = client.profile;
  return new WebSocket(`${url.replace(/^http/, "ws")}${path}`, protocols, {
    headers: { authorization: `Bearer ${token}` },
    followRedirects: false,
  });
}

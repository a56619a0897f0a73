import { lookup } from "node:dns";
import http from "node:http";
import https from "node:https";
import { type BlockList, isIP, type LookupFunction } from "node:net";
import { mayCall } from "./address-rules";

/** What a call came to; `answer` is for people: "HTTP 204", "ECONNREFUSED", "address". */
export interface HookOutcome {
  delivered: boolean;
  answer: string;
}

const deadlineMs = 5_000;
const refused = "address";

class AddressRefused extends Error {
  readonly code = refused;
}

/**
 * Posts a body once. Only to public addresses and those of `also`, by whatever name: what a name
 * means is asked once, and the connection goes to what was looked at. No redirect is followed, and
 * of the answer only the status is read. Never rejects.
 */
export function postHook(
  url: string,
  call: { body: string; headers: Record<string, string> },
  also: BlockList,
): Promise<HookOutcome> {
  const { protocol, hostname, href } = new URL(url);
  const literal = hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !mayCall(literal, also)) {
    return Promise.resolve({ delivered: false, answer: refused });
  }
  return new Promise((resolve) => {
    const end = (delivered: boolean, answer: string) => resolve({ delivered, answer });
    const request = (protocol === "https:" ? https : http).request(
      href,
      {
        method: "POST",
        agent: false,
        lookup: lookupAllowed(also),
        maxHeaderSize: 16 * 1024,
        signal: AbortSignal.timeout(deadlineMs),
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(call.body),
          ...call.headers,
        },
      },
      (response) => {
        const status = response.statusCode ?? 0;
        response.destroy();
        end(status >= 200 && status < 300, `HTTP ${status}`);
      },
    );
    request.on("error", (error: NodeJS.ErrnoException) => {
      end(
        false,
        error.name === "TimeoutError" || error.name === "AbortError"
          ? "timeout"
          : (error.code ?? "error"),
      );
    });
    request.end(call.body);
  });
}

/** Refuses a name if any of its addresses may not be called. */
function lookupAllowed(also: BlockList): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, "", 0);
      const [first] = addresses;
      if (first === undefined || addresses.some(({ address }) => !mayCall(address, also))) {
        return callback(new AddressRefused(`${hostname} may not be called`), "", 0);
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

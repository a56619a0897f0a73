import { basePath } from "@/lib/base-path";

export interface SecurityHeadersInput {
  /** Fresh for every request; only scripts that carry it run. */
  nonce: string;
  /** The Host header: the console's WebSocket goes to the same host. */
  host: string | null;
  /** Whether people reach the portal by https. */
  https: boolean;
  /** Hot reload evaluates strings and talks to its own WebSocket. */
  development: boolean;
}

/** The content policy of a page, as one header value. */
export function contentSecurityPolicy(input: SecurityHeadersInput): string {
  const { nonce, host, https, development } = input;
  // 'self' covers WebSockets in newer browsers only, so they are named too.
  const socket =
    host !== null && /^[\w.:[\]-]+$/.test(host) ? `${https ? "wss" : "ws"}://${host}` : "";
  const policy = {
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": `'self' ${socket}`.trim(),
    "object-src": "'none'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
  };
  return Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/**
 * What every answer says, whatever it carries. Below a path nothing is said of https: that would
 * bind whatever else the host serves.
 */
function commonHeaders(https: boolean): Record<string, string> {
  const headers: Record<string, string> = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
  };
  if (https && basePath === "") headers["Strict-Transport-Security"] = "max-age=31536000";
  return headers;
}

/** Everything that a page of ours says to the browser about safety. */
export function securityHeaders(input: SecurityHeadersInput): Record<string, string> {
  return {
    ...commonHeaders(input.https),
    "Content-Security-Policy": contentSecurityPolicy(input),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy":
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), " +
      "display-capture=(), browsing-topics=()",
  };
}

const inertPolicy =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The same for an answer that is no page: should a browser be made to show it as one, nothing in
 * it runs, loads or is sent anywhere.
 */
export function inertHeaders(https: boolean): Record<string, string> {
  return { ...commonHeaders(https), "Content-Security-Policy": inertPolicy };
}

/** What a page's worker begins with: it loads its own scripts, and reaches nothing else. */
export function workerHeaders(https: boolean): Record<string, string> {
  const policy = `${inertPolicy}; script-src 'self'`;
  return { ...inertHeaders(https), "Content-Security-Policy": policy };
}

/**
 * The same for the worker that recognises letters: its program is compiled in the browser, and
 * what it needs is handed to it by the page as a blob.
 */
export function recogniserHeaders(https: boolean): Record<string, string> {
  const policy = `${inertPolicy}; script-src 'self' 'wasm-unsafe-eval'; connect-src blob:`;
  return { ...inertHeaders(https), "Content-Security-Policy": policy };
}

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

/** Everything that a response of ours says to the browser about safety. */
export function securityHeaders(input: SecurityHeadersInput): Record<string, string> {
  const headers: Record<string, string> = {
    "Content-Security-Policy": contentSecurityPolicy(input),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy":
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), " +
      "display-capture=(), browsing-topics=()",
  };
  if (input.https) headers["Strict-Transport-Security"] = "max-age=31536000";
  return headers;
}

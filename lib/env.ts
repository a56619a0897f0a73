import { isIP } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { oidcRolesSchema } from "@/lib/model/oidc-roles";
import { once } from "@/lib/runtime/once";
import { basePathPattern } from "@/scripts/lib/pages-dir.mjs";

const defaultData =
  process.getuid?.() === 0
    ? "/var/lib/portico"
    : join(process.env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "portico");

const port = z.coerce.number().int().min(0).max(65535);

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  PORT: port.default(3000),
  /** Address to listen on. Loopback unless the operator says otherwise. */
  PORTICO_LISTEN: z.string().min(1).default("127.0.0.1"),
  PORTICO_DATA: z.string().startsWith("/", "must be an absolute path").default(defaultData),
  PORTICO_LIBVIRT_URI: z
    .string()
    .regex(
      /^(qemu|test)(\+(unix|tcp|tls|ssh))?:\/\//,
      "must be a libvirt URI such as qemu:///system",
    )
    .default("qemu:///system"),
  /** The address people type, for example https://cloud.example.org; no path. */
  PORTICO_ORIGIN: z
    .url()
    .refine(
      (value) => new URL(value).origin === value.replace(/\/$/, ""),
      "must be an origin: scheme, host and port only; for a path there is PORTICO_BASE_PATH",
    )
    .transform((value) => new URL(value).origin)
    .optional(),
  /** The path of that origin below which the portal lies, like /cloud; built anew for each. */
  PORTICO_BASE_PATH: z
    .string()
    .regex(basePathPattern, "must be like /cloud: letters, digits, - and _, no slash at the end")
    .default(""),
  PORTICO_VIRT_TYPE: z.enum(["auto", "kvm", "qemu"]).default("auto"),
  /** Mail server, for example smtps://user:password@mail.example.org; needs an origin. */
  PORTICO_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must begin with smtp:// or smtps://")
    .optional(),
  PORTICO_MAIL_FROM: z.email().optional(),
  /** Sign-in by OpenID Connect; the rest of these settings does nothing without it. */
  PORTICO_OIDC_ISSUER: z
    .url()
    .refine(isSafeIssuer, "must begin with https:// (http:// on the loopback only)")
    .optional(),
  PORTICO_OIDC_CLIENT_ID: z.string().min(1).optional(),
  PORTICO_OIDC_CLIENT_SECRET_FILE: z
    .string()
    .startsWith("/", "must be an absolute path")
    .optional(),
  /** What the button names; the issuer's host when absent. */
  PORTICO_OIDC_NAME: z.string().trim().min(1).max(40).optional(),
  PORTICO_OIDC_SCOPE: z
    .string()
    .regex(/(^| )openid( |$)/, "must contain openid")
    .default("openid email profile"),
  PORTICO_OIDC_GROUPS_CLAIM: z.string().min(1).default("groups"),
  PORTICO_OIDC_ROLES: oidcRolesSchema.default(new Map()),
  /** Whether strangers with a verified address get an account. */
  PORTICO_OIDC_SIGN_UP: z.enum(["true", "false"]).default("false"),
  /** Who asks people without a password here for a required second factor. */
  PORTICO_OIDC_SECOND_FACTOR: z.enum(["portal", "provider"]).default("portal"),
  PORTICO_ADMIN_EMAIL: z.email().optional(),
  PORTICO_ADMIN_PASSWORD_FILE: z.string().optional(),
  /** Seals session cookies; made by the set-up, or kept in the data directory when absent. */
  NEXTAUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  /** Directory of the guests' VNC sockets; written by the set-up. Empty: libvirt chooses. */
  PORTICO_CONSOLE_DIR: z.string().optional(),
  /** Folder on the host for backups of VMs; it is chosen when their pool is made. */
  PORTICO_BACKUP_DIR: z.string().startsWith("/", "must be an absolute path").optional(),
  /** Where the sysfs of the machine lies that libvirtd runs on, when that is the portal's. */
  PORTICO_SYSFS: z.string().startsWith("/", "must be an absolute path").default("/sys"),
  /** Inner networks whose servers webhooks may call, too, like "10.1.0.0/16, 192.0.2.7". */
  PORTICO_WEBHOOK_NETWORKS: z
    .string()
    .transform((value) => value.split(/[\s,]+/).filter((network) => network !== ""))
    .refine(
      (networks) => networks.every(isNetwork),
      "must be addresses or networks like 10.1.0.0/16",
    )
    .default([]),
  /** Trust X-Forwarded-For of this many reverse proxies. */
  PORTICO_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  /** Consoles and event streams say this often that they live; below the proxies' idle time-out. */
  PORTICO_PING_SECONDS: z.coerce.number().int().min(1).max(300).default(25),
});

/** What a setting needs beside it. */
const companions = {
  // Only a proxy that serves others there, too, is a reason for a path.
  PORTICO_BASE_PATH: ["PORTICO_ORIGIN"],
  // A link in a mail must not depend on what a request calls its host.
  PORTICO_SMTP_URL: ["PORTICO_ORIGIN", "PORTICO_MAIL_FROM"],
  // The provider sends people back to the address that it was told beforehand.
  PORTICO_OIDC_ISSUER: [
    "PORTICO_ORIGIN",
    "PORTICO_OIDC_CLIENT_ID",
    "PORTICO_OIDC_CLIENT_SECRET_FILE",
  ],
} as const;

const checked = schema.superRefine((settings, ctx) => {
  for (const [given, needed] of Object.entries(companions)) {
    if (!settings[given as keyof typeof companions]) continue;
    for (const name of needed) {
      if (settings[name] !== undefined) continue;
      ctx.addIssue({ code: "custom", path: [name], message: `is needed with ${given}` });
    }
  }
});

function isNetwork(value: string): boolean {
  const [address = "", length, ...more] = value.split("/");
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  const bits = length === undefined ? most : Number(length || Number.NaN);
  return version !== 0 && more.length === 0 && Number.isInteger(bits) && bits >= 0 && bits <= most;
}

function isSafeIssuer(value: string): boolean {
  const { protocol, hostname } = new URL(value);
  return protocol === "https:" || ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}

export type Env = z.infer<typeof schema>;

const secretSettings = ["NEXTAUTH_SECRET", "PORTICO_SMTP_URL"];

/** Parses settings; throws an Error whose message names every setting that is wrong. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = checked.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    const value = secretSettings.includes(name) ? "(not shown)" : String(source[name] ?? "");
    return `  ${name}=${value}: ${issue.message}`;
  });
  throw new Error(`Settings that cannot be used:\n${lines.join("\n")}`);
}

/** The settings of this process, parsed once. */
export function env(): Env {
  return once("env", () => {
    const settings = parseEnv(process.env);
    // next-auth reads the address that providers send people back to from nowhere else.
    const address = addressOf(settings);
    if (address !== undefined) process.env.NEXTAUTH_URL = `${address}/api/auth`;
    return settings;
  });
}

/** What people type: `PORTICO_ORIGIN` with the path, without a slash at the end; for links. */
export function portalAddress(): string | undefined {
  return addressOf(env());
}

function addressOf(settings: Env): string | undefined {
  const { PORTICO_ORIGIN: origin, PORTICO_BASE_PATH: path } = settings;
  return origin === undefined ? undefined : `${origin}${path}`;
}

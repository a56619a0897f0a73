import { fileURLToPath } from "node:url";
import { PHASE_PRODUCTION_SERVER } from "next/constants.js";
import { pagesDir } from "./scripts/lib/pages-dir.mjs";

const basePath = process.env.PORTICO_BASE_PATH ?? "";
const root = fileURLToPath(new URL(".", import.meta.url));

/** @type {import("next").NextConfig} */
const config = {
  basePath,
  distDir: pagesDir(basePath),
  // lib/base-path.ts, in what browsers run.
  env: { PORTICO_BASE_PATH: basePath },
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  turbopack: { root },
  // Native modules, and modules that must exist once per process.
  serverExternalPackages: [
    "@libsql/client",
    "@node-rs/argon2",
    "@prisma/adapter-libsql",
    "@prisma/client",
    "libsql",
    "pino",
  ],
  experimental: {
    // The first page does not wait for the code of all others: server/load-pages.ts.
    preloadEntriesOnStart: false,
    // lucide-react has 1,600 modules; only those that are named get compiled.
    optimizePackageImports: ["lucide-react"],
  },
  // The development log would print what forms send, passwords among it.
  logging: { serverFunctions: false },
  // `npm test` checks the types; a machine that only installs need not.
  typescript: { ignoreBuildErrors: true },
};

/** The plugin only prepares the build: a portal that starts does not wait for it to load. */
export default async function configOf(phase) {
  if (phase === PHASE_PRODUCTION_SERVER) return config;
  const { default: createNextIntlPlugin } = await import("next-intl/plugin");
  // Locales come from a cookie or the browser, never from the path: one URL per page.
  const withNextIntl = createNextIntlPlugin({
    requestConfig: "./i18n/request.ts",
    experimental: {
      // Compiled messages spare the browser the ICU parser.
      messages: { path: "./messages", format: "json", locales: ["en", "zh-CN"], precompile: true },
    },
  });
  return withNextIntl(config);
}

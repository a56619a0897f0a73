import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, show } from "../run.mjs";
import { builtFrom, hashSources, readStamp, writeStamp } from "../sources.mjs";
import { StepError } from "../steps.mjs";

const stamp = join(root, "dist/.stamp");
export const serverBundle = join(root, "dist/server.mjs");

/** The pages by Next, the server's entry by esbuild; only when a source has changed. */
export const build = {
  title: "Build",
  undo: "remove the folders .next and dist",
  plan: () =>
    existsSync(serverBundle) &&
    existsSync(join(root, ".next/BUILD_ID")) &&
    readStamp(stamp) === hashSources(builtFrom)
      ? null
      : "next build and the server's bundle (a minute or two)",
  async apply() {
    // Taken before the build: what changes meanwhile is built the next time.
    const hash = hashSources(builtFrom);
    rmSync(stamp, { force: true });
    await bundleServer();
    await bundleCli();
    const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    const next = join(root, "node_modules/next/dist/bin/next");
    const code = await show([process.execPath, next, "build"], { env });
    if (code !== 0) throw new StepError(`next build ended with ${code}; its message is above.`);
    writeStamp(stamp, hash);
  },
};

const bundled = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
};

/** dist/server.mjs: the project's own code in one file, npm packages imported as they are. */
export async function bundleServer() {
  const esbuild = await import("esbuild");
  await esbuild.build({
    ...bundled,
    entryPoints: ["server/index.ts"],
    outfile: serverBundle,
  });
  // Its helper process would live as long as this one, which may become the portal.
  await esbuild.stop();
}

/** dist/cli: the command `portico`; what only `portico admin` needs is loaded when it is asked for. */
export async function bundleCli() {
  const esbuild = await import("esbuild");
  await esbuild.build({
    ...bundled,
    entryPoints: { portico: "cli/index.ts" },
    outdir: join(root, "dist/cli"),
    splitting: true,
    chunkNames: "[name]-[hash]",
  });
  await esbuild.stop();
}

import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../run.mjs";

export const serverBundle = join(root, "dist/server.mjs");

const bundled = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  sourcemap: true,
  logLevel: "warning",
};

/**
 * Left out of the server's bundle: Next itself, and what its pages take from node_modules too, for
 * native code and the database's client must exist once per process (next.config.mjs).
 */
const besideServer = [
  "next",
  "@node-rs/argon2",
  "@prisma/adapter-libsql",
  "@prisma/client/runtime/client",
  "pino",
];

/**
 * The query compiler comes as two megabytes of text in a module, which would stay in memory for as
 * long as the portal runs; from a file of its own it is read once, when the database is opened.
 */
const queryCompilerAside = {
  name: "query-compiler-aside",
  setup({ onResolve, onLoad }) {
    const namespace = "query-compiler";
    onResolve({ filter: /\/query_compiler_.*\.wasm-base64\.mjs$/ }, ({ path }) => ({
      // Beside the module is the same one as CommonJS, which can have a getter.
      path: createRequire(import.meta.url).resolve(path.replace(/\.mjs$/, ".js")),
      namespace,
    }));
    onLoad({ filter: /./, namespace }, ({ path }) => {
      const { wasm } = createRequire(import.meta.url)(path);
      mkdirSync(join(root, "dist"), { recursive: true });
      writeFileSync(join(root, "dist/query-compiler.wasm"), Buffer.from(wasm, "base64"));
      const read = `require("node:fs").readFileSync(__dirname + "/query-compiler.wasm", "base64")`;
      return { contents: `module.exports = { get wasm() { return ${read}; } };` };
    });
  },
};

/**
 * dist/server.cjs: the project's code and most of the npm packages it needs in one file, which
 * loads in a fraction of the time of a thousand; CommonJS, so that Node can keep it compiled
 * (../code-cache.mjs). dist/server.mjs starts it.
 */
export async function bundleServer() {
  const esbuild = await import("esbuild");
  await esbuild.build({
    ...bundled,
    format: "cjs",
    external: besideServer,
    plugins: [queryCompilerAside],
    // Without comments nothing but ASCII is left, and V8 keeps the text at one byte a character.
    // Names stay as they are: they are what a stack shows.
    minifyWhitespace: true,
    lineLimit: 200,
    legalComments: "external",
    // A script that is kept compiled may not import().
    supported: { "dynamic-import": false },
    define: { "process.env.NODE_ENV": '"production"', "import.meta.url": "bundleUrl" },
    banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
    entryPoints: ["server/start.ts"],
    outfile: join(root, "dist/server.cjs"),
  });
  writeFileSync(
    serverBundle,
    'import { launch } from "../scripts/lib/launch.mjs";\n\nawait launch();\n',
  );
  // Its helper process would live as long as this one, which may become the portal.
  await esbuild.stop();
}

/** dist/cli: the command `portico`; what only `portico admin` needs is loaded when it is asked for. */
export async function bundleCli() {
  const esbuild = await import("esbuild");
  await esbuild.build({
    ...bundled,
    format: "esm",
    packages: "external",
    entryPoints: { portico: "cli/index.ts" },
    outdir: join(root, "dist/cli"),
    splitting: true,
    chunkNames: "[name]-[hash]",
  });
  await esbuild.stop();
}

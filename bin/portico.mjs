#!/usr/bin/env node
// portico: the command line of the portal. `npm start` and `npm run build` make what it loads.
import { existsSync } from "node:fs";

const bundle = new URL("../dist/cli/portico.js", import.meta.url);
if (existsSync(bundle)) await import(bundle.href);
else {
  process.stderr.write("portico is not built yet. Run this once: npm run build\n");
  process.exitCode = 2;
}

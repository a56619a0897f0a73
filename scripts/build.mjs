// npm run build: what `npm start` would build, and nothing else.
import { main } from "./lib/main.mjs";
import { readSetup } from "./lib/setup.mjs";
import { build } from "./lib/steps/build.mjs";
import { databaseClient } from "./lib/steps/database-client.mjs";
import { nodeVersion } from "./lib/steps/node-version.mjs";
import { npmPackages } from "./lib/steps/npm-packages.mjs";
import { runSteps } from "./lib/steps.mjs";

await main(() => runSteps([nodeVersion, npmPackages, databaseClient, build], readSetup()));

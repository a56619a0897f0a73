// What `npm run dev` runs. `npm start` loads the same from a bundle: scripts/lib/launch.mjs.
import { startPortal } from "./start";

await startPortal();

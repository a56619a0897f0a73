/** Started by a test as a process of its own: `appender.ts <url> <count>`. */
import { openDb } from "@/lib/db/client";
import { writeAudit } from "../../audit";

const [url = "", count = "0"] = process.argv.slice(2);
const db = openDb(url);
const actor = { userId: null, name: `process ${process.pid}`, ip: "local" };
const author = { db, clock: () => new Date(), requestId: "r", actor };
for (let index = 0; index < Number(count); index++) {
  await writeAudit(author, { action: "vm.start", outcome: "ok", detail: { index } });
}
await db.$disconnect();

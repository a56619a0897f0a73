/** Started by a test as a process of its own: `writer.ts <url> <name> <count>`. */
import { openDb } from "../client";

const [url = "", name = "", count = "0"] = process.argv.slice(2);
const db = openDb(url);
for (let index = 0; index < Number(count); index++) {
  await db.$transaction(async (tx) => {
    await tx.project.count();
    const slug = `${name}-${index}`;
    await tx.project.create({ data: { id: slug, slug, name: slug } });
  });
}
await db.$disconnect();

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Routes that refuse nobody. */
const open = ["api/healthz/route.ts", "api/readyz/route.ts"];

/** What a route does with errors that the audit log keeps, by itself or by what it calls. */
const notes = /\b(noteRefusal|auditRefusal|action|enrolmentAction|publicAction)\(|@\/lib\/api\//;

it("every route handler notes whom it turns away", () => {
  const routes = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter(
    (path) => /(^|\/)route\.tsx?$/.test(path) && !open.includes(path),
  );
  expect(routes).toContain("api/events/route.ts");
  const silent = routes.filter(
    (path) => !notes.test(readFileSync(join(import.meta.dirname, path), "utf8")),
  );
  expect(silent).toEqual([]);
});

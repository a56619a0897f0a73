/**
 * The statements of a migration script, without comments of their own lines. Knows quotes and
 * comments; not triggers, whose body holds semicolons (throws rather than cut one in half).
 */
export function splitSql(script: string): string[] {
  const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|;|[^;'"/-]+|[\s\S]/g;
  const statements: string[] = [];
  let current = "";
  for (const [text] of script.matchAll(token)) {
    if (text.startsWith("--") || text.startsWith("/*")) continue;
    if (text !== ";") {
      current += text;
      continue;
    }
    if (current.trim() !== "") statements.push(current.trim());
    current = "";
  }
  if (current.trim() !== "") statements.push(current.trim());
  const trigger = statements.find((each) => /^CREATE\s+(TEMP\w*\s+)?TRIGGER\b/i.test(each));
  if (trigger !== undefined) throw new Error("A migration cannot create a trigger");
  return statements;
}

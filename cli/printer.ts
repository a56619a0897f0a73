import { displayWidth } from "./display-width";
import type { Io } from "./io";

export interface Column<T> {
  title: string;
  of(row: T): string | number | null | undefined;
  align?: "right";
}

/** How commands speak: tables and sentences for people, one JSON document for programs. */
export interface Printer {
  json: boolean;
  /** The result of the command. */
  table<T>(rows: readonly T[], columns: readonly Column<T>[], empty: string): void;
  /** One object: a line a field. */
  object(value: object): void;
  /** A sentence for people; programs read the result. */
  note(text: string): void;
  /** The result where it is a sentence for people and a value for programs. */
  result(text: string, value: unknown): void;
  /** On stderr, so that it is in no pipe. */
  progress(text: string): void;
}

/** A printer on the streams; with `json` people's sentences are left out. */
export function makePrinter(io: Pick<Io, "stdout" | "stderr">, json: boolean): Printer {
  const line = (text: string) => io.stdout.write(`${clean(text)}\n`);
  const value = (data: unknown) => io.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  return {
    json,
    table(rows, columns, empty) {
      if (json) value(rows);
      else if (rows.length === 0) line(empty);
      else for (const text of tableLines(rows, columns)) line(text);
    },
    object(data) {
      if (json) return void value(data);
      const entries = Object.entries(data);
      const width = Math.max(0, ...entries.map(([name]) => name.length));
      for (const [name, each] of entries) line(`${name.padEnd(width)}  ${plain(each)}`);
    },
    note(text) {
      if (!json) line(text);
    },
    result(text, data) {
      if (json) value(data);
      else line(text);
    },
    progress(text) {
      if (!json) io.stderr.write(`${clean(text)}\n`);
    },
  };
}

function tableLines<T>(rows: readonly T[], columns: readonly Column<T>[]): string[] {
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => clean(plain(column.of(row))))),
  ];
  const widths = columns.map((_, index) =>
    Math.max(...cells.map((row) => displayWidth(row[index] ?? ""))),
  );
  return cells.map((row) =>
    row
      .map((cell, index) => {
        const gap = " ".repeat((widths[index] ?? 0) - displayWidth(cell));
        return columns[index]?.align === "right" ? gap + cell : cell + gap;
      })
      .join("  ")
      .trimEnd(),
  );
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value)) return value.length === 0 ? "–" : value.map(plain).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Names come from other people: nothing of theirs may steer the terminal. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => (character === "\n" ? "\n" : "�"));
}

/** How a door answers: let in, or turned away in one of three ways. */
export type Answer = "let in" | "sign in" | "forbidden" | "not found" | `broken: ${string}`;

const ofCode: Record<string, Answer> = {
  "auth.required": "sign in",
  "auth.forbidden": "forbidden",
  not_found: "not found",
};

/**
 * The answer behind an error code. An input that the schema refuses says nothing about rights, so
 * it is a broken row of the matrix; any other refusal by the use case means that one was let in.
 */
export function answerOfCode(code: string, detail = ""): Answer {
  if (code === "input.invalid" || code === "internal" || code === "rate.limited") {
    return `broken: ${code} ${detail}`;
  }
  return ofCode[code] ?? "let in";
}

/** The answer behind an HTTP status. */
export function answerOfStatus(status: number, detail = ""): Answer {
  if (status === 401) return "sign in";
  if (status === 403) return "forbidden";
  if (status === 404) return "not found";
  if (status === 400 || status === 422 || status === 429 || status >= 500) {
    // A host that is away or a guest that is off is the use case's own answer.
    if (status === 503) return "let in";
    return `broken: ${status} ${detail}`;
  }
  return "let in";
}

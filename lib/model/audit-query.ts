import { type ListAuditInput, listAuditSchema } from "./audit";

type Params = Record<string, string | string[] | undefined>;

/** The first value of each parameter that has one: an empty field of a form is no filter. */
export function givenParams(params: Params): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined && first.trim() !== "") given[name] = first;
  }
  return given;
}

/** What an address asks for; a part that somebody has spoilt is left out. */
export function auditQuery(params: Params): ListAuditInput {
  const given = givenParams(params);
  const read = listAuditSchema.safeParse(given);
  if (read.success) return read.data;
  for (const { path } of read.error.issues) delete given[String(path[0])];
  return listAuditSchema.parse(given);
}

/** The same as parameters of an address, without the place in it. */
export function auditParams(query: ListAuditInput): Record<string, string> {
  const { cursor: _cursor, limit: _limit, ...filter } = query;
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(filter)) {
    if (value instanceof Date) params[name] = value.toISOString();
    else if (value) params[name] = value;
  }
  return params;
}

// @ts-nocheck: the package has no types for what it keeps to itself.
/**
 * Stands in for Prisma's query compiler in unit tests, where each test has a client of its own: a
 * schema is read once per process, and what was compiled for one client serves all others. What
 * compiles is Prisma's own, and its plans are only read.
 */
import { QueryCompiler as Compiler } from "../../../node_modules/@prisma/client/runtime/query_compiler_small_bg.sqlite.mjs";

export * from "../../../node_modules/@prisma/client/runtime/query_compiler_small_bg.sqlite.mjs";

const compilers = new Map();

function compilerOf(options) {
  const key = JSON.stringify(options);
  const known = compilers.get(key);
  if (known !== undefined) return known;
  const compiler = new Compiler(options);
  const made = {
    compile: kept((query) => compiler.compile(query)),
    compileBatch: kept((batch) => compiler.compileBatch(batch)),
  };
  compilers.set(key, made);
  return made;
}

/** What throws is not kept: it throws again. */
function kept(make) {
  const plans = new Map();
  return (query) => {
    if (!plans.has(query)) plans.set(query, make(query));
    return plans.get(query);
  };
}

export class QueryCompiler {
  constructor(options) {
    this.shared = compilerOf(options);
  }

  compile(query) {
    return this.shared.compile(query);
  }

  compileBatch(batch) {
    return this.shared.compileBatch(batch);
  }

  /** Others still use it. */
  free() {}
}

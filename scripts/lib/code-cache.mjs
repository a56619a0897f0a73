import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { dirname } from "node:path";
import { Script } from "node:vm";

/** Modules per turn of the event loop while the cache is made: some ten milliseconds. */
const modulesPerTurn = 40;

/**
 * Lets Node take the compiled form of CommonJS modules from `file`, where an earlier start of the
 * same build has kept it, instead of compiling them anew. Node.js 22 has this built in; of 20 this
 * is the part that we need. An entry counts for one content of one file, and V8 refuses those of
 * another version of itself; whatever is missing or unreadable is compiled as ever.
 * @param {string} file absolute; beside it Node's own cache has a folder
 * @param {string[]} [plain] files that import() nothing, though their text may look so
 * @returns {{ save(): Promise<void> }} `save` keeps what has been loaded so far, in small
 *   parts, and ends it
 */
export function openCodeCache(file, plain = []) {
  if (Module.enableCompileCache !== undefined) {
    Module.enableCompileCache(`${file}.d`);
    return { save: async () => Module.flushCompileCache?.() };
  }
  const kept = readCache(file);
  const used = new Map();
  let missed = 0;
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, filename, format) {
    const asEver = () => compile.call(this, content, filename, format);
    if (format === "module" || (importsLater(content) && !plain.includes(filename)))
      return asEver();
    const name = `${sha1(content).toString("hex")} ${filename}`;
    const cachedData = kept.get(name);
    const script = scriptOf(content, filename, cachedData);
    if (script === null) return asEver();
    if (cachedData === undefined || script.cachedDataRejected) missed += 1;
    used.set(name, script);
    const args = [this.exports, requireOf(this), this, filename, dirname(filename)];
    return Reflect.apply(script.runInThisContext(), this.exports, args);
  };
  return {
    async save() {
      Module.prototype._compile = compile;
      if (missed > 0) writeCache(file, await entriesOf(used));
      kept.clear();
      used.clear();
    },
  };
}

/** A script from a cache may not import(): Node 20 forgets where its imports lead. */
const importsLater = (content) => /(?<!\.)\bimport\s*\(/.test(content);

async function entriesOf(scripts) {
  const entries = [];
  for (const [name, script] of scripts) {
    entries.push([name, script.createCachedData()]);
    if (entries.length % modulesPerTurn === 0) await new Promise(setImmediate);
  }
  return entries;
}

/** Null for what Node has to look at itself: a module of the other kind, or a mistake. */
function scriptOf(content, filename, cachedData) {
  try {
    return new Script(Module.wrap(content), { filename, cachedData });
  } catch {
    return null;
  }
}

/** What a CommonJS module knows as `require`. */
function requireOf(module) {
  const require = (id) => module.require(id);
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  require.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

const sha1 = (data) => createHash("sha1").update(data).digest();
const headAt = 24;

/**
 * SHA-1 of the rest, length of the head, the head (names and lengths as JSON), then the entries
 * one after another. V8 itself would run a damaged entry and die of it.
 */
function readCache(file) {
  try {
    const bytes = readFileSync(file);
    if (!bytes.subarray(0, 20).equals(sha1(bytes.subarray(20)))) return new Map();
    let at = headAt + bytes.readUInt32LE(20);
    return new Map(
      JSON.parse(bytes.toString("utf8", headAt, at)).map(([name, length]) => {
        at += length;
        return [name, bytes.subarray(at - length, at)];
      }),
    );
  } catch {
    return new Map();
  }
}

/** For its owner's hands only, since it is run. Where nothing can be written, nothing is. */
function writeCache(file, entries) {
  const head = Buffer.from(JSON.stringify(entries.map(([name, data]) => [name, data.length])));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const rest = Buffer.concat([length, head, ...entries.map(([, data]) => data)]);
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(unfinished, Buffer.concat([sha1(rest), rest]), { mode: 0o600 });
    renameSync(unfinished, file);
  } catch {
    rmSync(unfinished, { force: true });
  }
}

import { createHash } from "node:crypto";
import {
  appendFileSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
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
 * @returns {{ save(): Promise<void>, close(): Promise<void> }} `save` keeps what has been loaded so
 *   far, in small parts, if any of it was compiled anew; `close` does so for the last time
 */
export function openCodeCache(file, plain = []) {
  if (Module.enableCompileCache !== undefined) {
    Module.enableCompileCache(`${file}.d`);
    const save = async () => Module.flushCompileCache?.();
    return { save, close: save };
  }
  const kept = openKept(file);
  const used = new Map();
  const texts = new Map();
  let missed = 0;
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, filename, format) {
    const asEver = () => compile.call(this, content, filename, format);
    if (format === "module" || (importsLater(content) && !plain.includes(filename)))
      return asEver();
    const bare = content.replace(mapsTo, "");
    const hash = sha1(bare).toString("hex");
    // Next writes the same text under several names; for V8 it is one if it is one string.
    if (!texts.has(hash)) texts.set(hash, Module.wrap(bare));
    const name = `${hash} ${filename}`;
    const cachedData = kept.read(name);
    const script = scriptOf(texts.get(hash), filename, cachedData);
    if (script === null) return asEver();
    if (cachedData === undefined || script.cachedDataRejected) missed += 1;
    used.set(name, script);
    const args = [this.exports, requireOf(this), this, filename, dirname(filename)];
    return Reflect.apply(script.runInThisContext(), this.exports, args);
  };
  const save = async () => {
    if (missed === 0) return;
    missed = 0;
    writeCache(file, await entriesOf([...used]));
  };
  return {
    save,
    async close() {
      Module.prototype._compile = compile;
      await save();
      kept.close();
      used.clear();
      texts.clear();
    },
  };
}

/** What maps a text to its sources is left out: nothing here reads it. */
const mapsTo = /\n\/\/# sourceMappingURL=\S+\s*$/;

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
function scriptOf(wrapped, filename, cachedData) {
  try {
    return new Script(wrapped, { filename, cachedData });
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
const hashLength = 20;
const headAt = hashLength + 4;

/**
 * The file: SHA-1 of the rest of the head, length of the list, the list (name, length and SHA-1 of
 * each entry, as JSON), then the entries one after another. V8 itself would run a damaged entry and
 * die of it. All are read into the same memory, one after another: V8 is done with it at once.
 */
function openKept(file) {
  let descriptor = null;
  let room = Buffer.alloc(0);
  const places = new Map();
  const part = (at, length) => {
    if (room.length < length) room = Buffer.allocUnsafeSlow(length);
    const read = readSync(descriptor, room, 0, length, at);
    return room.subarray(0, read);
  };
  try {
    descriptor = openSync(file);
    const length = part(0, headAt).readUInt32LE(hashLength);
    let at = headAt + Math.min(length, fstatSync(descriptor).size);
    const head = part(0, at);
    if (head.subarray(0, hashLength).equals(sha1(head.subarray(hashLength)))) {
      for (const [name, length, hash] of JSON.parse(head.toString("utf8", headAt))) {
        places.set(name, { at, length, hash });
        at += length;
      }
    }
  } catch {
    places.clear();
  }
  return {
    read(name) {
      const place = places.get(name);
      if (place === undefined) return undefined;
      const data = part(place.at, place.length);
      return sha1(data).toString("hex") === place.hash ? data : undefined;
    },
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
      places.clear();
      room = Buffer.alloc(0);
    },
  };
}

/** For its owner's hands only, since it is run. Where nothing can be written, nothing is. */
function writeCache(file, entries) {
  const list = entries.map(([name, data]) => [name, data.length, sha1(data).toString("hex")]);
  const head = Buffer.from(JSON.stringify(list));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const rest = Buffer.concat([length, head]);
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(unfinished, Buffer.concat([sha1(rest), rest]), { mode: 0o600 });
    for (const [, data] of entries) appendFileSync(unfinished, data);
    renameSync(unfinished, file);
  } catch {
    rmSync(unfinished, { force: true });
  }
}

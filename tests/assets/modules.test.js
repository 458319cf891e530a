import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);
const IMPORTS = /\bimport\s*(?:\{([^}]*)\}|\* as \w+)\s*from\s*"(\.[^"]+)"/g;
const IMPORTS_LATER = /\{([^{}]*)\} = await import\("(\.[^"]+)"\)/g;
const EXPORTS = /^export (?:async )?(?:function|const|class) (\w+)/gm;

const filesIn = (folder, ending) => readdirSync(new URL(folder, ROOT), { recursive: true })
  .filter((name) => name.endsWith(ending)).map((name) => new URL(`${folder}${name}`, ROOT).href);
const textOf = (address) => readFileSync(fileURLToPath(address), "utf-8");

const modules = new Map(filesIn("assets/", ".js").filter((address) => !address.includes("/vendor/"))
  .map((address) => [address, textOf(address)]));

/** The modules of ours that one imports at once, and the names it takes from each. */
function importsOf(address, text) {
  return [IMPORTS, IMPORTS_LATER].flatMap((pattern) => [...text.matchAll(pattern)]).map(([, names = "", from]) => (
    { address: new URL(from, address).href, names: names.split(",").map((name) => name.trim().split(" ")[0]) }));
}

/** A chain of imports that comes back to where it began, as addresses; null where there is none. */
function circleIn(imports) {
  const done = new Set();
  const walk = (address, path) => {
    if (path.includes(address)) return [...path.slice(path.indexOf(address)), address];
    if (done.has(address)) return null;
    const circle = (imports.get(address) ?? []).map((next) => walk(next, [...path, address])).find(Boolean);
    done.add(address);
    return circle ?? null;
  };
  return [...imports.keys()].map((address) => walk(address, [])).find(Boolean) ?? null;
}

test("no module imports itself by way of others", () => {
  const imports = new Map([...modules].map(([address, text]) =>
    [address, importsOf(address, text).map((one) => one.address)]));

  assert.ok([...imports.values()].flat().length > 100);
  assert.equal(circleIn(imports), null);
});

test("a circle would be noticed", () => {
  assert.deepEqual(circleIn(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]])), ["b", "c", "b"]);
});

test("every export is imported by a module, a page or a test", () => {
  const wanted = new Set([...modules].flatMap(([address, text]) =>
    importsOf(address, text).flatMap(({ address: from, names }) => names.map((name) => `${from} ${name}`))));
  const others = ["pages/", "tests/"].flatMap((folder) => [".py", ".test.js"].flatMap((ending) => filesIn(folder, ending)))
    .map(textOf).join("\n");
  const spaces = [...modules.values()].flatMap((text) => [...text.matchAll(/\bshelf\.(\w+)/g)].map(([, name]) => name));
  const dead = [...modules].flatMap(([address, text]) => [...text.matchAll(EXPORTS)].map(([, name]) => ({ address, name })))
    .filter(({ address, name }) => !wanted.has(`${address} ${name}`) && !spaces.includes(name))
    .filter(({ name }) => !new RegExp(`\\b${name}\\b`).test(others));

  assert.deepEqual(dead, []);
});

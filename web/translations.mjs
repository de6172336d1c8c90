// `npm run translations`: writes into src/translations/*.json the English texts that have no translation yet, empty,
// and removes those that no text is any more. `npm run translations -- xx` begins a new language.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "vite";

const folder = new URL("src/translations/", import.meta.url);
const vite = await createServer({ appType: "custom", server: { middlewareMode: true, hmr: false, ws: false } });
const { ENGLISH, isUsed } = await vite.ssrLoadModule("/src/lib/texts/english.ts");
await vite.close();

const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
for (const code of process.argv.slice(2)) if (!files.includes(`${code}.json`)) files.push(`${code}.json`);
for (const name of files) {
  const path = new URL(name, folder);
  let held = {};
  try {
    held = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  const texts = [...new Set(ENGLISH.map(([, text]) => text))];
  const special = Object.keys(held).filter((text) => !texts.includes(text) && isUsed(text));
  const all = [...texts, ...special];
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(all.map((text) => [text, held[text] ?? ""])), null, 2)}\n`);
  const missing = texts.filter((text) => !held[text]).length;
  const gone = Object.keys(held).filter((text) => !all.includes(text));
  // eslint-disable-next-line no-console -- it is a command
  console.log(`${name}: ${all.length} texts, ${missing} to translate, ${gone.length} removed`);
}

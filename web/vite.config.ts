import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.HOMESTRETCH_DEV_SERVER ?? "http://127.0.0.1:8080";

const STATIC = fileURLToPath(new URL("../src/homestretch/static", import.meta.url));

/** Compresses what is text once, as well as can be; the server hands it out as it lies there. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    closeBundle() {
      const names = readdirSync(STATIC, { recursive: true, encoding: "utf8" });
      for (const name of names.filter((one) => /\.(js|css|svg|html|json|geojson|webmanifest)$/.test(one))) {
        const text = readFileSync(join(STATIC, name));
        writeFileSync(join(STATIC, `${name}.br`), brotliCompressSync(text));
        writeFileSync(join(STATIC, `${name}.gz`), gzipSync(text, { level: 9 }));
      }
    },
  };
}

/** Puts the font of pictures that the server draws (views/sharing/picture.py) beside the app, which has none itself. */
function fonts(): Plugin {
  return {
    name: "fonts",
    apply: "build",
    closeBundle() {
      const [from, to] = [
        fileURLToPath(new URL("node_modules/@expo-google-fonts/inter", import.meta.url)),
        join(STATIC, "fonts"),
      ];
      mkdirSync(to, { recursive: true });
      cpSync(join(from, "600SemiBold/Inter_600SemiBold.ttf"), join(to, "inter.ttf"));
      cpSync(join(from, "LICENSE_FONT"), join(to, "inter-license.txt"));
    },
  };
}

/** What the service worker keeps when it is first used: what draws background maps, and translations (`de-….js`). */
const LATER = /mapLibre|maplibre|^assets\/([a-z]{2}|server)-[\w-]{8}\.js$/;

/** Tells the service worker which build it belongs to and which files that has. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    closeBundle() {
      const names = readdirSync(STATIC, { recursive: true, encoding: "utf8" });
      const assets = names.filter((one) => /^assets\/.*\.(js|css)$/.test(one) && !LATER.test(one));
      const files = [...assets, "boot.js", "manifest.webmanifest", "icon.svg", "icon-192.png"].sort();
      const all = files.map((one) => readFileSync(join(STATIC, one)));
      const page = readFileSync(join(STATIC, "index.html"));
      const build = createHash("sha256")
        .update(Buffer.concat([...all, page]))
        .digest("hex")
        .slice(0, 16);
      const worker = join(STATIC, "sw.js");
      const text = readFileSync(worker, "utf8");
      const list = JSON.stringify(files.map((one) => `/${one}`));
      writeFileSync(worker, text.replace("__BUILD__", build).replace('"__FILES__"', list));
    },
  };
}

export default defineConfig({
  plugins: [react(), tailwind(), fonts(), serviceWorker(), compressed()],
  // Translations are read as text, which is faster than a script of as many lines.
  json: { stringify: true },
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: STATIC,
    emptyOutDir: true,
    target: ["chrome120", "firefox121", "safari17.2"],
    // The content security policy allows no data: scripts or fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
  },
  worker: { format: "es" },
  server: { proxy: { "/api": server, "/health": server } },
  test: { include: ["src/**/*.test.ts"], environment: "node", isolate: false },
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** The folder and name of the package that a module comes from. */
function packageOf(module: string): [folder: string, name: string] | undefined {
  const found = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(module);
  return found?.[1] && found[2] ? [found[1], found[2]] : undefined;
}

/** What a package says about its use, and that of what it took from others. */
function licenceFiles(folder: string): string[] {
  return [folder, join(folder, "licenses")].filter(existsSync).flatMap((place) =>
    readdirSync(place, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /^(licen[cs]e|notice)/i.test(entry.name))
      .map((entry) => join(place, entry.name))
      .sort(),
  );
}

/** Writes the licences of all bundled packages into one file beside the bundle. */
export function licences(fileName: string): Plugin {
  return {
    name: "licences",
    generateBundle(_options, bundle) {
      const packages = new Map<string, string>();
      for (const chunk of Object.values(bundle)) {
        for (const module of chunk.type === "chunk" ? chunk.moduleIds : []) {
          const [folder, name] = packageOf(module) ?? [];
          if (folder && name) packages.set(name, folder);
        }
      }
      const texts = [...packages].sort().map(([name, folder]) => {
        const files = licenceFiles(folder);
        if (files.length === 0) this.error(`${name} has no licence file`);
        return [name, ...files.map((file) => readFileSync(file, "utf8").trim())].join(
          "\n\n",
        );
      });
      const rule = `\n\n${"-".repeat(80)}\n\n`;
      this.emitFile({ type: "asset", fileName, source: `${texts.join(rule)}\n` });
    },
  };
}

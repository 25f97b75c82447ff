// What browsers get, made of static/, the templates and the packages of package-lock.json:
//   node static/build.mjs ROOT NODE_DIR OUT HEADER
// app.css: PatternFly cut down to what templates and views use, with static/desk.css behind it; app.js, htmx.min.js;
// icons.svg: the icons of icons.txt; each with a compressed twin. HEADER names the hash of them all.
// Fails when a page uses a class that no sheet has, or an icon that icons.txt does not list.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

const [root, nodeDir, out, header] = process.argv.slice(2);
const require = createRequire(join(nodeDir, "package.json"));
const { PurgeCSS } = require("purgecss");
const postcss = require("postcss");
const esbuild = require("esbuild");
const packages = join(nodeDir, "node_modules");
const patternfly = join(packages, "@patternfly/patternfly");

const read = (...path) => readFileSync(join(...path), "utf8");
const matches = (text, pattern) => [...text.matchAll(pattern)].map(found => found[1]);
const faults = [];

// --- what pages use --------------------------------------------------------------------------------------------------
const filesOf = (folder, ...endings) => readdirSync(join(root, folder), { recursive: true })
  .filter(name => endings.some(ending => name.endsWith(ending))).sort().map(name => ({ name, text: read(root, folder, name) }));

const listed = name => read(root, "static", name).split("\n").filter(line => line && !line.startsWith("#"));
const hooks = listed("hooks.txt"), icons = listed("icons.txt");

const templates = filesOf("templates", ".tpl").map(({ name, text }) => ({ name, text: text.replace(/\{\{[^}]*\}\}/g, " ") }));
const views = filesOf("cgi/views", ".cpp", ".hpp");

/// Every word inside a tag, and every word that is a string of its own in a view.
const words = new Set([
  ...templates.flatMap(({ text }) => matches(text, /(<[a-z][^>]*>)/g)).flatMap(tag => tag.split(/[^\w-]+/)),
  ...views.flatMap(({ text }) => matches(text, /"([a-z][\w -]*)"/g)).flatMap(string => string.split(" ")),
  "html", "body", "pf-v6-theme-dark", "pf-v6-theme-light", ...hooks,
]);

// --- the sheets ------------------------------------------------------------------------------------------------------
const kebab = name => name.replace(/(?<=.)([A-Z])/g, "-$1").toLowerCase();
function sheetsOf(folder, prefix) {
  const uses = name => [...words].some(word => word === prefix + name || word.startsWith(`${prefix}${name}__`));
  return readdirSync(join(patternfly, folder), { withFileTypes: true })
    .filter(entry => entry.isDirectory() && uses(kebab(entry.name)))
    .flatMap(entry => readdirSync(join(patternfly, folder, entry.name)).filter(name => name.endsWith(".css"))
      .map(name => join(patternfly, folder, entry.name, name)));
}
const usesUtilities = [...words].some(word => word.startsWith("pf-v6-u-"));
const sheets = [
  join(patternfly, "patternfly-base.css"),
  ...sheetsOf("layouts", "pf-v6-l-"),
  ...sheetsOf("components", "pf-v6-c-"),
  ...(usesUtilities ? filesUnder(join(patternfly, "utilities")) : []),
  join(root, "static/desk.css"),
];
function filesUnder(folder) {
  return readdirSync(folder, { recursive: true }).filter(name => /\/.*\.css$/.test(name)).map(name => join(folder, name));
}

// PatternFly's dark tokens hang on a class. Without a choice the reader's system decides: the same rules once more. Paper
// is never dark.
const DARK = ".pf-v6-theme-dark", UNLESS_LIGHT = `:root:not(.pf-v6-theme-light, ${DARK})`;
function darkBySystem(sheet) {
  const dark = [];
  sheet.walkRules(rule => { if (rule.selector.includes(`where(${DARK})`)) dark.push(rule); });
  for (const rule of dark) {
    const under = (params, selector) => postcss.atRule({ name: "media", params, nodes: [rule.clone({ selector })] });
    rule.replaceWith(
      under("screen", rule.selector),
      under("screen and (prefers-color-scheme: dark)", rule.selector.replaceAll(`:where(${DARK})`, `:where(${UNLESS_LIGHT})`)));
  }
  return sheet;
}

// A table's parts are known by their elements, so that a row of ten cells does not name ten classes.
const TABLE_PARTS = ["thead", "tbody", "tr", "th", "td", "caption"].map(tag => [`.pf-v6-c-table__${tag}`, tag]);
TABLE_PARTS.forEach(([name]) => words.add(name.slice(1)));
function tablesByElements(sheet) {
  sheet.walkRules(/pf-v6-c-table__/, rule => {
    rule.selector = TABLE_PARTS.reduce((selector, [name, tag]) =>
      selector.replaceAll(new RegExp(`\\${name}(?![\\w-])`, "g"), `:is(${name}, :where(.pf-v6-c-table) ${tag})`), rule.selector);
  });
  return sheet;
}

const all = darkBySystem(postcss.parse(sheets.map(path => read(path)).join("\n")));
all.walkAtRules("font-face", rule => rule.remove());  // pages use the fonts that the reader's system has
const [purged] = await new PurgeCSS().purge({
  content: [{ raw: "", extension: "used" }],
  extractors: [{ extensions: ["used"], extractor: () => ({ attributes: { names: [], values: [] }, classes: [], ids: [], tags: [], undetermined: [...words] }) }],
  css: [{ raw: all.toString() }],
  safelist: { standard: [":root", ":is", ":where", ":has"] },
  keyframes: true,
  variables: true,
});
const kept = tablesByElements(postcss.parse(purged.css));

// --- what must hold --------------------------------------------------------------------------------------------------
const styled = new Set(matches(kept.toString(), /\.(-?[a-zA-Z_][\w-]*)/g));
for (const { name, text } of templates)
  for (const used of new Set(matches(text, /\bclass="([^"]*)"/g).flatMap(value => value.split(/\s+/).filter(Boolean))))
    if (!styled.has(used) && !hooks.includes(used)) faults.push(`templates/${name}: no sheet has the class ${used}`);

// --- icons -----------------------------------------------------------------------------------------------------------
const usedIcons = new Set([
  ...filesOf("templates", ".tpl").flatMap(({ text }) => matches(text, /\{\{ICONS\}\}#([\w-]+)/g)),
  ...filesOf("cgi", ".cpp").flatMap(({ text }) => matches(text, /"([a-z][a-z-]+)"/g)).filter(name => icons.includes(name)),
]);
for (const name of usedIcons) if (!icons.includes(name)) faults.push(`icons.txt does not list ${name}, which a template uses`);
for (const name of icons) if (!usedIcons.has(name)) faults.push(`icons.txt lists ${name}, which no page uses`);
const symbols = icons.map(name => {
  const path = join(packages, "@rhds/icons/ui", `${name}.svg`);
  if (!existsSync(path)) return faults.push(`icons.txt: @rhds/icons has no ${name}`), "";
  const svg = read(path);
  return `<symbol id="${name}" viewBox="${matches(svg, /viewBox="([^"]*)"/g)[0]}">${svg.match(/<svg[^>]*>(.*)<\/svg>/s)[1]}</symbol>`;
});

if (faults.length) {
  console.error(faults.join("\n"));
  process.exit(1);
}

// --- the files -------------------------------------------------------------------------------------------------------
const minified = (text, loader) => esbuild.transformSync(text, { loader, minify: true, charset: "utf8", legalComments: "none" }).code;
const assets = {
  "app.css": minified(kept.toString(), "css"),
  "app.js": minified(read(root, "static/app.js"), "js"),
  "htmx.min.js": read(packages, "htmx.org/dist/htmx.min.js").replace(/\n\/\/# sourceMappingURL=.*/, ""),
  "icon.svg": read(root, "static/icon.svg"),
  "icons.svg": `<!-- Icons: © Red Hat, Inc., CC BY 4.0 --><svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`,
};
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const version = createHash("sha256");
for (const [name, text] of Object.entries(assets)) {
  writeFileSync(join(out, name), text);
  writeFileSync(join(out, `${name}.gz`), gzipSync(text, { level: 9 }));
  version.update(name).update(text);
}

mkdirSync(dirname(header), { recursive: true });
// Left alone when nothing changed, so that nothing is compiled again.
const line = `#pragma once\n/// Of everything in static/: browsers keep a file for ever under a URL that holds it.\ninline constexpr char kStaticVersion[] = "${version.digest("hex").slice(0, 12)}";\n`;
if (!existsSync(header) || readFileSync(header, "utf8") !== line) writeFileSync(header, line);

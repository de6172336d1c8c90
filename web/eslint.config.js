import { readdirSync } from "node:fs";

import hooks from "eslint-plugin-react-hooks";
import typescript from "typescript-eslint";

/** The rooms of the app from the ground up: each may import those before it, never those after. */
const ROOMS = ["lib", "api", "ui", "charts", "features", "pages", "app"];
const PAGES = readdirSync(new URL("src/pages", import.meta.url));

const climbs = { group: ["../**"], message: "Name the room: @/room/file." };
const plain = { group: ["react", "react-dom", "react-router", "@tanstack/*"], message: "lib is plain." };

/** One lint block that forbids imports by patterns in some files. */
const forbid = (files, patterns) => ({
  files: [`${files}/**/*.{ts,tsx}`],
  rules: { "no-restricted-imports": ["error", { patterns }] },
});

/** What a room may not import: the rooms above it. */
function above(room) {
  const rooms = ROOMS.slice(ROOMS.indexOf(room) + 1);
  return rooms.length === 0 ? [] : [{ group: rooms.map((name) => `@/${name}/**`), message: "Arrows only go down." }];
}

const arrows = ROOMS.map((room) => forbid(`src/${room}`, [climbs, ...above(room), ...(room === "lib" ? [plain] : [])]));

/** What a page may not import besides: the other pages. */
const pages = PAGES.map((page) =>
  forbid(`src/pages/${page}`, [
    climbs,
    ...above("pages"),
    {
      group: ["@/pages/**", `!@/pages/${page}`, `!@/pages/${page}/**`],
      message: "What pages share lives in features.",
    },
  ]),
);

const TEXT = "Text lives in text.ts of the page, or in lib/texts.";
const SPOKEN = "/^(title|alt|placeholder|label|aria-label|aria-description|aria-roledescription|aria-valuetext)$/";

const MANNER = "Numbers and dates are told in the manner of `locale` of lib/language.";
const LANGUAGE = [
  {
    selector: "CallExpression[callee.property.name=/^toLocale(String|DateString|TimeString)$/][arguments.length=0]",
    message: MANNER,
  },
  { selector: "NewExpression[callee.object.name='Intl'] > Identifier.arguments[name='undefined']", message: MANNER },
];

export default typescript.config(
  { ignores: ["node_modules", "public", "src/api/schema.d.ts"] },
  ...typescript.configs.strict,
  ...typescript.configs.stylistic,
  hooks.configs.flat.recommended,
  ...arrows,
  ...pages,
  {
    files: ["src/**/*.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...LANGUAGE,
        { selector: "JSXText[value=/[A-Za-z]/]", message: TEXT },
        { selector: `JSXAttribute[name.name=${SPOKEN}] > Literal[value=/[A-Za-z]/]`, message: TEXT },
        { selector: "JSXElement > JSXExpressionContainer > Literal[value=/[A-Za-z]/]", message: TEXT },
        {
          selector: "JSXElement > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=/[A-Za-z]/]",
          message: TEXT,
        },
      ],
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...LANGUAGE] },
  },
  {
    rules: {
      "max-lines": ["error", 400],
      "max-len": ["error", { code: 120, ignoreUrls: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-definitions": "off",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    // A text stays on one line, so that a search for the words on the screen finds it.
    files: ["src/**/text.ts", "src/lib/texts/*.ts"],
    rules: { "max-len": ["error", { code: 120, ignoreStrings: true }] },
  },
);

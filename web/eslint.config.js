import hooks from "eslint-plugin-react-hooks";
import typescript from "typescript-eslint";

/** The rooms of the app from the ground up: each may import those before it, never those after. */
const ROOMS = ["lib", "api", "ui", "charts", "pages", "app"];

/** One lint block per room that forbids the rooms above it, and paths that climb out of a room. */
const arrows = ROOMS.map((room, level) => ({
  files: [`src/${room}/**/*.{ts,tsx}`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          ...(level < ROOMS.length - 1
            ? [{ group: ROOMS.slice(level + 1).map((above) => `@/${above}/**`), message: "Arrows only go down." }]
            : []),
          { group: ["../**"], message: "Name the room: @/room/file." },
          ...(level === 0
            ? [{ group: ["react", "react-dom", "react-router", "@tanstack/*"], message: "lib is plain." }]
            : []),
        ],
      },
    ],
  },
}));

const TEXT = "Text lives in text.ts of the page, or in lib/texts.";
const SPOKEN = "/^(title|alt|placeholder|label|aria-label|aria-description|aria-roledescription|aria-valuetext)$/";

export default typescript.config(
  { ignores: ["node_modules", "public", "src/api/schema.d.ts"] },
  ...typescript.configs.strict,
  ...typescript.configs.stylistic,
  hooks.configs.flat.recommended,
  ...arrows,
  {
    files: ["src/**/*.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
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

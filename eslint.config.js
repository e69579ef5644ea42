import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    files: ["services/dashboard/static/*.js"],
    languageOptions: { ecmaVersion: "latest", sourceType: "module", globals: globals.browser },
    rules: {
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Text goes in as text: dom.js." },
        { property: "outerHTML", message: "Text goes in as text: dom.js." },
      ],
      "no-implicit-globals": "error",
      "max-lines": ["error", 200],
    },
  },
  {
    files: ["tests/dashboard/*.js"],
    languageOptions: { ecmaVersion: "latest", sourceType: "module", globals: globals.node },
  },
];

// What a script of the page finds in a browser and Node does not have; import it first.

Object.defineProperty(globalThis, "navigator", { value: { languages: ["fr-FR"] }, configurable: true });
globalThis.document = { documentElement: { lang: "" }, cookie: "", addEventListener() {} };
globalThis.fetch = async () => ({ ok: true, json: async () => ({}) });

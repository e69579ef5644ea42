// Elements made by hand: text goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element; `on` holds its listeners, `data` its dataset, the rest attributes or properties. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) give(element, name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

function give(element, name, value) {
  if (value === null || value === undefined) return;
  if (name === "on") {
    for (const [type, heard] of Object.entries(value)) element.addEventListener(type, heard);
  } else if (name === "data") {
    Object.assign(element.dataset, value);
  } else if (name in element && !name.startsWith("aria") && name !== "list" && name !== "form") {
    element[name] = value;
  } else {
    element.setAttribute(name, value);
  }
}

const PATHS = {
  alert: "M12 8.5v4.5M12 16.4v.2M10.4 4.2 2.9 17.1a1.9 1.9 0 0 0 1.6 2.8h15a1.9 1.9 0 0 0 1.6-2.8L13.6 4.2a1.9 1.9 0 0 0-3.2 0Z",
  back: "M19 12H5m6-6-6 6 6 6",
  check: "m5 12.5 4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6 6 18",
  companies: "M4 20V6.5L12 3v17M12 9h7a1 1 0 0 1 1 1v10M2.5 20h19M7.5 9v0M7.5 13v0M7.5 17v0M16 13v0M16 17v0",
  csv: "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8l-5-5Zm0 0v5h5M8.5 13h7M8.5 17h7",
  down: "M12 4v11m-5-5 5 5 5-5M5 20h14",
  next: "m9 6 6 6-6 6",
  out: "M15 4h3a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-3M10 8l-4 4 4 4M6 12h10",
  people: "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5a6.5 6.5 0 0 1 13 0M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 13.5a6.5 6.5 0 0 1 4 6",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  play: "M7.5 5.2v13.6a.6.6 0 0 0 .9.5l10.8-6.8a.6.6 0 0 0 0-1L8.4 4.7a.6.6 0 0 0-.9.5Z",
  plus: "M12 5v14M5 12h14",
  previous: "m15 6-6 6 6 6",
  qualifier: "M12 3.5l2.5 5.2 5.7.8-4.1 4 1 5.6-5.1-2.7-5.1 2.7 1-5.6-4.1-4 5.7-.8L12 3.5Z",
  retry: "M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 3.5v4.2h-4.2",
  sample: "M4 8.5 12 4l8 4.5v7L12 20l-8-4.5v-7ZM4 8.5l8 4.5 8-4.5M12 13v7",
  researcher: "M10.5 17.5a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM15.6 15.6 20.5 20.5",
  stop: "M7 7h10v10H7z",
  up: "M12 20V9m-5 5 5-5 5 5M5 4h14",
};

/** A drawing that says nothing by itself: its button or its neighbour has the words. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Rewrites a text only when it changed, so that nothing is laid out or announced for nothing. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Makes `parent` hold exactly these children, moving only those that are out of place. */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  });
}

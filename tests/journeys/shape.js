// What axe judges of a page, without its words: which elements stand in which places with which attributes,
// which of its headings follows which, and its size. Two pages of one shape differ in what they say only.
() => {
  const spoken = (text) => (text && text.trim() ? "…" : "");
  const attributes = (element) =>
    [...element.attributes]
      .filter(({ name }) => !["class", "style", "id"].includes(name))
      .map(({ name, value }) =>
        ["role", "type", "scope", "lang", "autocomplete", "tabindex"].includes(name) || /^aria-(?!label)/.test(name)
          ? `${name}=${value.replace(/[\w-]*\d[\w-]*|id_[\w-]+/g, "#")}`
          : `${name}${spoken(value)}`,
      )
      .join(" ");
  const words = (element) => [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join("");
  const sign = (element) => ` ${attributes(element)} ${spoken(words(element))}`;
  const all = [...document.querySelectorAll("body, body *")];
  const places = new Map();
  const place = (element) => {
    if (!places.has(element)) {
      const above = element === document.body ? [] : place(element.parentElement).slice(-3);
      places.set(element, [...above, `${element.localName}.${element.getAttribute("class") ?? ""}`]);
    }
    return places.get(element);
  };
  const parts = new Set(all.map((element) => place(element).join(">") + sign(element)));
  const frame = all.map(({ localName }) => localName).filter((name) => /^(h\d|main|nav|header|footer|aside)$/.test(name));
  frame.forEach((name, at) => parts.add(`${frame[at - 1] ?? ""} ${name}`));
  const ids = all.map(({ id }) => id).filter(Boolean);
  const root = document.documentElement;
  const tooWide = () => root.scrollWidth > root.clientWidth;
  const doubled = () => {
    const from = scrollY;
    root.style.fontSize = "200%";
    const wide = tooWide();
    root.removeAttribute("style");
    scrollTo(0, from);
    return wide;
  };
  return {
    parts: [...parts],
    twice: ids.filter((id, place) => ids.indexOf(id) !== place),
    tooWide: tooWide(),
    tooWideDoubled: doubled(),
    bytes: performance
      .getEntriesByType("navigation")
      .concat(performance.getEntriesByType("resource"))
      .filter(({ name, initiatorType }) => !name.includes("/documents/") && initiatorType !== "xmlhttprequest")
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  };
};

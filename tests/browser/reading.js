/* What a person sees of the elements with these tags: texts with their place. */
(tags) => {
  const ROUNDING = 1.5;
  const parentOf = (node) =>
    node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;

  function* flatTree(node) {
    yield node;
    if (node instanceof HTMLSlotElement) {
      const assigned = node.assignedNodes({ flatten: true });
      for (const child of assigned) yield* flatTree(child);
    } else {
      for (const child of (node.shadowRoot ?? node).childNodes) yield* flatTree(child);
    }
  }

  const cut = (box, by) => ({
    left: Math.max(box.left, by.left),
    top: Math.max(box.top, by.top),
    right: Math.min(box.right, by.right),
    bottom: Math.min(box.bottom, by.bottom),
  });
  const width = (box) => box.right - box.left;
  const height = (box) => box.bottom - box.top;

  const texts = [];
  const words = new Set();
  const roots = [];
  const collect = (node) => {
    if (tags.includes(node.localName)) roots.push(node);
    for (const child of [...(node.shadowRoot?.children ?? []), ...node.children]) {
      collect(child);
    }
  };
  collect(document.documentElement);

  for (const root of roots) {
    for (const node of flatTree(root)) {
      if (node instanceof Element) {
        for (const name of ["aria-label", "title", "placeholder"]) {
          const text = node.getAttribute(name)?.trim();
          if (text) words.add(text);
        }
        continue;
      }
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      const owner = node.parentElement ?? node.getRootNode().host;
      if (["STYLE", "SCRIPT"].includes(owner.tagName) || !owner.checkVisibility()) continue;
      if (!owner.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      words.add(node.data.trim().replace(/\s+/g, " "));
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        if (rect.width === 0) continue;
        let box = rect;
        let shown = null;
        let isScrolled = false;
        let isEllipsis = false;
        let title = "";
        for (let at = owner; at && at !== document.body; at = parentOf(at)) {
          const style = getComputedStyle(at);
          title ||= at.getAttribute("title") ?? "";
          if (style.display === "inline" || style.display === "contents") continue;
          if (style.overflowX === "visible") continue;
          isEllipsis ||= style.textOverflow === "ellipsis";
          isScrolled ||= /auto|scroll/.test(style.overflowX) && at.scrollWidth > at.clientWidth;
          if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(style.overflowY)) {
            // What is scrolled out of its frame lies over nothing.
            shown = cut(box, at.getBoundingClientRect());
            break;
          }
          box = cut(box, at.getBoundingClientRect());
        }
        // The boxes of one pixel are for screen readers.
        if (width(box) <= ROUNDING || height(box) <= ROUNDING) {
          if (width(box) > 0 && height(box) > 0) continue;
          if (!isScrolled) continue;
        }
        texts.push({
          node,
          text: node.data.trim(),
          root,
          box,
          shown: shown ?? box,
          isCut: width(rect) - width(box) > ROUNDING && !isScrolled,
          isNamed: isEllipsis && title !== "",
          isEllipsis,
        });
      }
    }
  }

  const faults = [];
  const sideways = document.scrollingElement.scrollWidth - window.innerWidth;
  if (sideways > 0) faults.push(`the page scrolls sideways by ${sideways} px`);
  for (const { text, box, isCut, isNamed, isEllipsis } of texts) {
    if (box.right > window.innerWidth + ROUNDING || box.left < -ROUNDING) {
      faults.push(`beyond the window: ${text}`);
    }
    if (isCut && !isNamed) faults.push(`${isEllipsis ? "shortened, and nowhere whole" : "cut off"}: ${text}`);
  }
  for (const [index, one] of texts.entries()) {
    for (const other of texts.slice(index + 1)) {
      if (one.root !== other.root || one.node === other.node) continue;
      const common = cut(one.shown, other.shown);
      if (width(common) > ROUNDING && height(common) > 3) {
        faults.push(`one over the other: ${one.text} / ${other.text}`);
      }
    }
  }
  return { faults: [...new Set(faults)], words: [...words] };
}

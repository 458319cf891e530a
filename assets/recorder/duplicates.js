// "Three minutes ago, 12 metres away, you recorded the same": asked once, before it is sent.

import { button, element, icon, set } from "./element.js";

/** The box, shown while an earlier sighting of one's own may be this very one. */
export function duplicateBox(sheet) {
  const { say } = sheet;
  const words = element("span", { class: "words" });
  const picture = element("span", { class: "pic" });
  const look = element("a", { class: "quiet", target: "_blank" }, say("duplicate_look"));
  const other = button("other", say("duplicate_other"), () => answer(sheet));
  const same = button("other", say("duplicate_same"), () => sheet.recorder.discard(sheet));
  const node = element("section", { class: "again card", tabindex: "-1", role: "group", "aria-label": say("duplicate_title"), hidden: true },
    element("div", { class: "told", role: "status" }, picture, words),
    element("div", { class: "choices" }, same, other, look));
  const refresh = () => {
    const found = openDuplicate(sheet);
    set(node, "hidden", !found);
    if (!found || node.dataset.number === found.number) return;
    node.dataset.number = found.number;
    words.textContent = found.message;
    picture.replaceChildren(found.thumb ? element("img", { src: found.thumb, alt: "" }) : icon("photos"));
    look.href = new URL(found.sighting, location.origin).href;
  };
  sheet.onChange(refresh);
  sheet.register("duplicate", node);
  refresh();
  return node;
}

/** The first earlier sighting that the person has not yet said this one is different from. */
export const openDuplicate = ({ draft }) =>
  draft.duplicates.find(({ number }) => !draft.fields.different_from.includes(number)) ?? null;

function answer(sheet) {
  const { draft } = sheet;
  const found = openDuplicate(sheet);
  draft.change({ different_from: [...draft.fields.different_from, found.number] });
  sheet.recorder.focusSend();
}

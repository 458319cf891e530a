// "Three minutes ago, 12 metres away, you recorded the same": asked once, before it is sent.

import { button, element, icon, set } from "./element.js";

/** @import { Sheet } from "./types" */

/** The box, shown while an earlier sighting of one's own may be the same.
 *  @param {Sheet} sheet */
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
    const earlier = openDuplicate(sheet);
    set(node, "hidden", !earlier);
    if (!earlier || node.dataset.number === earlier.number) return;
    node.dataset.number = earlier.number;
    words.textContent = earlier.message;
    picture.replaceChildren(earlier.thumb ? element("img", { src: earlier.thumb, alt: "" }) : icon("photos"));
    look.href = new URL(earlier.sighting, location.origin).href;
  };
  sheet.onChange(refresh);
  sheet.register("duplicate", node);
  refresh();
  return node;
}

/** The first earlier sighting that the person has not yet said is a different one.
 *  @param {Pick<Sheet, "draft">} pick */
export const openDuplicate = ({ draft }) =>
  draft.duplicates.find(({ number }) => !draft.fields.different_from.includes(number)) ?? null;

/** @param {Sheet} sheet */
function answer(sheet) {
  const { draft } = sheet;
  const earlier = openDuplicate(sheet);
  if (!earlier) return;
  draft.change({ different_from: [...draft.fields.different_from, earlier.number] });
  sheet.recorder.focusSend();
}

// The groups as pictures, for a species that cannot be named yet.

import { element, fresh, icon } from "./element.js";

/** @import { Draft, Group, Sheet } from "./types" */

/** A radio group of tiles.
 *  @param {Sheet} sheet */
export function groupTiles({ say, data, draft, onChange }) {
  const name = fresh("group");
  const node = element("fieldset", { class: "groups", hidden: true },
    element("legend", { class: "label" }, say("group")),
    data.groups.map((group) => tile(name, group, draft)));
  const refresh = () => {
    for (const radio of node.querySelectorAll("input")) radio.checked = radio.value === draft.fields.group;
  };
  onChange(refresh);
  refresh();
  return node;
}

/** @param {string} name
 *  @param {Group} group
 *  @param {Draft} draft */
function tile(name, group, draft) {
  const radio = element("input", { type: "radio", name, value: group.code,
    onchange: () => draft.change({ group: group.code, establishment_means: null, count: null }) });
  const picture = group.art ? element("img", { src: group.art, alt: "", loading: "lazy" }) : icon(group.icon);
  return element("label", { class: "tile" }, radio, element("span", { class: "art" }, picture), element("span", {}, group.name));
}

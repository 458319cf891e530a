// The time of the sighting, in Asia/Shanghai.

import { asField, asText, fromField } from "./clock.js";
import { button, element, fresh, set } from "./element.js";

/** @import { Sheet } from "./types" */

/** The panel in which the time is corrected.
 *  @param {Sheet} sheet */
export function timePanel(sheet) {
  const { say, draft } = sheet;
  const id = fresh("time");
  const error = element("p", { class: "error", id: `${id}-error`, "aria-live": "polite" });
  const field = element("input", {
    id, type: "datetime-local", "aria-describedby": error.id,
    onchange: ({ target }) => draft.change({ event_date: fromField(target.value), time_source: "person" }),
  });
  const unknown = element("input", {
    type: "checkbox", onchange: ({ target }) => draft.change({ time_known: !target.checked }),
  });
  const now = () => draft.change({ event_date: asText(new Date()), time_known: true, time_source: "phone" });
  const node = element("div", { class: "panel card", id: fresh("panel"), hidden: true, role: sheet.partRole, "aria-label": say("time") },
    element("label", { class: "label", for: id }, say("time")),
    element("div", { class: "pair" }, field, button("quiet", say("time_now"), now)),
    element("label", { class: "tick" }, unknown, element("span", {}, say("time_unknown"))), error);
  const refresh = () => {
    const { event_date: text, time_known: known } = draft.fields;
    if (asField(text) !== field.value && sheet.focused() !== field) field.value = asField(text);
    set(field, "max", asField(asText(new Date())));
    set(unknown, "checked", !known);
    const problem = sheet.problemAt("event_date");
    error.textContent = problem;
    set(field, "aria-invalid", problem ? "true" : null);
  };
  sheet.onChange(refresh);
  refresh();
  return node;
}

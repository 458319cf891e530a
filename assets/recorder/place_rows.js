// The order and the offers of a list of places. Pure. The server ranks by name and never learns where
// the phone is; nearness is put in order here.

import { metresBetween } from "./grouping.js";

/** @import { District, PlaceRow, Point } from "./types" */

/** How many are asked for where they are put in order by nearness, and how many are shown. */
export const MOST_ASKED = 40;
export const MOST_SHOWN = 13;
// Names that only resemble what was typed: nobody's by Enter.
const ALIKE = new Set(["short", "sound", "behind"]);

/** The rows that fit equally well by their distance to `near`; as they are where nothing is known. Of
 *  whole names only those that are the same are put in order: 西湖 is the lake from wherever one asks.
 *  @param {PlaceRow[]} rows
 *  @param {Point | null | undefined} near */
export function byNearness(rows, near) {
  if (!near) return rows.slice(0, MOST_SHOWN);
  const fits = [...new Set(rows.map(({ fit }) => fit))];
  const names = rows.map(({ fit, name }) => (fit === "whole" ? name : ""));
  const placed = rows.map((row, at) => ({ row, at: fits.indexOf(row.fit), name: names.indexOf(names[at]), metres: metresBetween(row, near) }));
  placed.sort((one, other) => one.at - other.at || one.name - other.name || one.metres - other.metres);
  return placed.map(({ row }) => row).slice(0, MOST_SHOWN);
}

/** Whether Enter may take the first row.
 *  @param {PlaceRow[]} rows */
export const mayTakeFirst = ([first]) => Boolean(first) && !first.isOffer && !ALIKE.has(first.fit ?? "");

/** Districts whose names have the text in them.
 *  @param {District[]} districts
 *  @param {string} query */
export const districtsLike = (districts, query) =>
  districts.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase())).map(rowOf);

/** What is offered for a name that is nowhere: the districts that it names, else all of them.
 *  @param {District[]} districts
 *  @param {string} query
 *  @returns {PlaceRow[]} */
export function offered(districts, query) {
  const typed = query.toLowerCase();
  const its = districts.filter(({ name }) => typed.includes(name.toLowerCase().replace(/[区县市]$| (?:district|county|city)$/u, "")));
  return (its.length ? its : districts).map((district) => ({ ...rowOf(district), isOffer: true }));
}

/** @param {District} district
 *  @returns {PlaceRow} */
const rowOf = ({ code, name, lat, lon, radius_m: radius }) => (
  { kind: "district", name, district: code, district_name: name, latitude: lat, longitude: lon, uncertainty_m: radius });

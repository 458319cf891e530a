// The nouns of the wall in the tent, as `/api/v1/festivals/wall` sends them.

export interface Team { name: string; species: number; sightings: number; low: number; high: number }
export interface Find {
  name: string; name_en: string | null; scientific_name: string; group: string; team: string | null; photo: string | null;
}
export interface Spot { latitude: number; longitude: number; count: number }
export interface Limb { group: string; species: number; met: number; orders: Order[] }
export interface Order { species: number; met: number }
export interface Wall {
  name: string; is_demo: boolean; is_frozen: boolean; species: number; species_so_far: number; sightings: number; people: number;
  teams: Team[]; finds: Find[]; spots: Spot[]; tree: Limb[];
}
export interface Scene { title: string; draw: () => Element }
export type Words = Record<
  | "map" | "finds" | "teams" | "tree" | "join" | "away" | "demo" | "species" | "waiting" | "sightings" | "people" | "small_team"
  | "team" | "so_far" | "later" | "result" | "how" | "empty",
  string
>;

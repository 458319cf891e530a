-- name: all_sites()
-- Every place, in the order of the list.
select code, kind, name_zh, name_en, district, latitude, longitude, uncertainty_m, address,
    opening, about_zh, about_en, source
from site order by list_order

-- name: forget_sites()!
-- Delete the list, before the new one is added.
delete from site

-- name: add_sites(list_orders, codes, kinds, name_zhs, name_ens, districts, latitudes, longitudes, uncertainty_ms, addresss, openings, about_zhs, about_ens, sources)!
-- Add the list.
insert into site (list_order, code, kind, name_zh, name_en, district, latitude, longitude,
    uncertainty_m, address, opening, about_zh, about_en, source)
select unnest(cast(:list_orders as integer[])),
    unnest(cast(:codes as text[])),
    unnest(cast(:kinds as text[])),
    unnest(cast(:name_zhs as text[])),
    unnest(cast(:name_ens as text[])),
    unnest(cast(:districts as text[])),
    unnest(cast(:latitudes as double precision[])),
    unnest(cast(:longitudes as double precision[])),
    unnest(cast(:uncertainty_ms as double precision[])),
    unnest(cast(:addresss as text[])),
    unnest(cast(:openings as text[])),
    unnest(cast(:about_zhs as text[])),
    unnest(cast(:about_ens as text[])),
    unnest(cast(:sources as text[]))

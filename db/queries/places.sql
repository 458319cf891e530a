-- name: imported_places()
-- The places that staff imported.
select place_id, name_zh, name_en, kind, decimal_latitude, decimal_longitude, uncertainty_m,
    district, source
from named_place order by name_zh, place_id

-- name: put_places(place_ids, names_zh, names_en, kinds, latitudes, longitudes, uncertainties, districts, sources)!
-- Add the new places and update the known ones. The id is made of name and district.
insert into named_place (place_id, name_zh, name_en, kind, decimal_latitude, decimal_longitude,
    uncertainty_m, district, source)
select unnest(cast(:place_ids as uuid[])), unnest(cast(:names_zh as text[])),
    unnest(cast(:names_en as text[])), unnest(cast(:kinds as text[])),
    unnest(cast(:latitudes as double precision[])),
    unnest(cast(:longitudes as double precision[])),
    unnest(cast(:uncertainties as double precision[])), unnest(cast(:districts as text[])),
    unnest(cast(:sources as text[]))
on conflict (place_id) do update set
    name_en = excluded.name_en, kind = excluded.kind,
    decimal_latitude = excluded.decimal_latitude, decimal_longitude = excluded.decimal_longitude,
    uncertainty_m = excluded.uncertainty_m, source = excluded.source

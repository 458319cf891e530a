-- The stamp of what is public: the sum of these rows. Every transaction that changes a projection of
-- a public view, or what the map's filters know of taxa, adds one, and changes none: so two of them
-- never wait for each other, and every process sees the stamp move with the rows. Now and then the
-- rows are gathered into one, which leaves the stamp as it is.
create table publication (changes bigint not null);

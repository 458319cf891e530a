-- Who did what, and who is who. Times are UTC; a mistake is mended by another row.

create table reference_data (
    name text primary key,
    checksum text not null
);

create table log_entry (
    entry_id uuid primary key,
    action text not null,
    subject_id uuid,
    observer_id uuid,
    staff_id uuid,
    details text not null,
    logged_at timestamptz not null
);

-- home_district: an adcode, 'elsewhere', or null while not asked; on_boards null: not asked yet.
create table observer (
    observer_id uuid primary key,
    nickname text not null,
    home_district text,
    on_boards boolean,
    joined_at timestamptz not null,
    erased_at timestamptz,
    is_demo boolean not null
);

-- A browser that contributed; linked again when a recovery code brings records to another one.
create table device (
    device_id uuid primary key,
    observer_id uuid not null,
    linked_at timestamptz not null
);
create index device_observer on device (observer_id);

create table consent (
    consent_id uuid primary key,
    device_id uuid not null,
    version text not null,
    allows_place boolean not null,
    photo_licence text not null,
    consented_at timestamptz not null
);
create index consent_device on consent (device_id);

create table recovery_code (
    code_id uuid primary key,
    observer_id uuid not null,
    code_hash text not null,
    made_at timestamptz not null
);
create index recovery_code_hash on recovery_code (code_hash);

create table staff (
    staff_id uuid primary key,
    username text not null unique,
    password_hash text not null,
    role text not null,
    is_disabled boolean not null,
    is_demo boolean not null,
    added_at timestamptz not null
);

-- Which observers are this member of staff: nobody decides on their own record.
create table staff_observer (
    staff_id uuid not null,
    observer_id uuid not null,
    tied_at timestamptz not null,
    primary key (staff_id, observer_id)
);

create table staff_session (
    session_id uuid primary key,
    token_hash text not null unique,
    staff_id uuid not null,
    started_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz
);

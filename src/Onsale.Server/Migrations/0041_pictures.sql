-- Pictures that organisers uploaded, in the forms that pages ask for. The id is from the content.
create table pictures (
    id       uuid primary key,
    width    integer not null check (width > 0),
    height   integer not null check (height > 0),
    colour   text not null check (colour ~ '^#[0-9a-f]{6}$'), -- the mean
    added_at timestamptz not null default clock_timestamp()
);

create table picture_variants (
    picture_id uuid not null references pictures (id) on delete cascade,
    width      smallint not null,
    format     smallint not null check (format between 0 and 1), -- 0 JPEG, 1 WebP
    bytes      bytea not null,
    primary key (picture_id, width, format)
);
-- They are compressed already.
alter table picture_variants alter column bytes set storage external;

-- The point of an event's picture that stays in view when its sides are cut off, percent; and what is shown before it.
alter table events add column image_focus_x smallint check (image_focus_x between 0 and 100);
alter table events add column image_focus_y smallint check (image_focus_y between 0 and 100);
alter table events add column image_colour text check (image_colour ~ '^#[0-9a-f]{6}$');
create index events_by_image on events (image_url) where image_url is not null;

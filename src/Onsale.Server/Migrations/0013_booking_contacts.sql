-- Whom to write to about a booking, and the code by which its tickets are found again. Given by the buyer after the
-- hold: holding places writes nothing here. name, email, email_key and language are null once the person is erased; the
-- code stays, since it is on paper.
create table booking_contacts (
    event_id   uuid not null,
    booking_id uuid not null,
    order_code text not null check (length(order_code) = 9),
    name       text check (length(name) <= 100),
    email      text check (length(email) <= 254),
    email_key  text check (length(email_key) <= 254),
    language   text check (length(language) <= 35),
    given_at   timestamptz not null default clock_timestamp(),
    changed_at timestamptz not null default clock_timestamp(),
    primary key (event_id, booking_id),
    unique (event_id, order_code),
    check ((email is null) = (email_key is null))
);

-- Finds tickets by both, without an event. Both are in the index: a code that exists with another e-mail address costs
-- no more than one that does not exist.
create index booking_contacts_by_code on booking_contacts (order_code, email_key);

-- phase: expand
-- What an organiser asks buyers, in order of number. kind: 0 text, 1 choice, 2 checkbox, 3 date. What is asked no more
-- stays for the answers that there are.
create table event_questions (
    event_id    uuid not null references events (id) on delete cascade,
    id          uuid not null,
    number      smallint not null,
    label       text not null check (length(label) between 1 and 200),
    help        text not null default '' check (length(help) <= 500),
    kind        smallint not null check (kind between 0 and 3),
    options     text[] not null default '{}',
    per_ticket  boolean not null,
    is_required boolean not null,
    is_asked    boolean not null default true,
    primary key (event_id, id)
);

-- What buyers answered. line: the place of the booking, -1 for the whole booking.
create table booking_answers (
    event_id    uuid not null,
    booking_id  uuid not null,
    question_id uuid not null,
    line        smallint not null check (line >= -1),
    answer      text not null check (length(answer) between 1 and 1000),
    changed_at  timestamptz not null default clock_timestamp(),
    primary key (event_id, booking_id, question_id, line)
);

-- A draft that never sold can be deleted, whether or not a waiting room was set for it; the setting goes with it.
alter table waiting_rooms drop constraint waiting_rooms_event_id_fkey;
alter table waiting_rooms add constraint waiting_rooms_event_id_fkey
    foreign key (event_id) references events (id) on delete cascade;

-- From which address range a booking is held: 64 bits of a hash over event and range (an IPv4 address, an IPv6 /64), so
-- that what one range holds of an event is limited over all guests and nodes. Null: not limited, or no longer held. No
-- index: updates of bookings stay HOT.
alter table bookings add column address_range bigint;

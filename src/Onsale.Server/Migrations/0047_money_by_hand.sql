-- phase: expand
-- Where buyers who pay later were told to pay to: the event's setting may end before their time does.
create table later_payments (
    event_id     uuid not null,
    booking_id   uuid not null,
    instructions text not null check (length(instructions) between 1 and 500),
    primary key (event_id, booking_id)
);
insert into later_payments (event_id, booking_id, instructions)
select b.event_id, b.id, e.pay_later_instructions
from bookings b join events e on e.id = b.event_id
where b.extensions = 31 and b.state in (0, 1) and e.pay_later_instructions is not null;

-- Finds cancelled bookings whose payment was not refunded. Few tickets are void, and a valid one is not in it. (An index
-- of bookings by state would cost every update of a booking its place on its page.)
create index tickets_cancelled on tickets (event_id, booking_id) where state = 1;

namespace Onsale.Inventory.Collections;

/// <summary>
/// Numbers of <see cref="LiveBookings"/>' records, the one that runs out first on top: a binary heap whose records know
/// where they are in it, so that one that moves on leaves at once. Four bytes a booking.
/// </summary>
internal sealed class DeadlineHeap(LiveBookings bookings)
{
    private readonly List<int> _numbers = [];

    /// <summary>The record that runs out first.</summary>
    public int? First => _numbers.Count == 0 ? null : _numbers[0];

    public void Add(int number)
    {
        _numbers.Add(number);
        Rise(_numbers.Count - 1, number);
    }

    /// <param name="position">What <see cref="LiveBookings.SetHeapPosition"/> was last told of the record.</param>
    public void Remove(int position)
    {
        var last = _numbers[^1];
        _numbers.RemoveAt(_numbers.Count - 1);
        if (position < _numbers.Count)
            Sink(Rise(position, last), last);
        if (_numbers.Capacity > 64 && _numbers.Count * 4 < _numbers.Capacity)
            _numbers.Capacity = _numbers.Count * 2;
    }

    /// <summary>A record has another number now.</summary>
    public void Renumber(int position, int number) => _numbers[position] = number;

    private int Rise(int position, int number)
    {
        while (position > 0)
        {
            var parent = (position - 1) / 2;
            if (!bookings.IsBefore(number, _numbers[parent]))
                break;
            Put(position, _numbers[parent]);
            position = parent;
        }

        Put(position, number);
        return position;
    }

    private void Sink(int position, int number)
    {
        while (true)
        {
            var child = (position * 2) + 1;
            if (child >= _numbers.Count)
                break;
            if (child + 1 < _numbers.Count && bookings.IsBefore(_numbers[child + 1], _numbers[child]))
                child++;
            if (!bookings.IsBefore(_numbers[child], number))
                break;
            Put(position, _numbers[child]);
            position = child;
        }

        Put(position, number);
    }

    private void Put(int position, int number)
    {
        _numbers[position] = number;
        bookings.SetHeapPosition(number, position);
    }
}

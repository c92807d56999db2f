using System.Collections.Concurrent;
using Npgsql;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>
/// Buyers who hold, pay and release while things break around them, and who remember every word they were told. A 503
/// or a broken connection is no answer: they ask again with the same key. Afterwards the tables must say the same.
/// </summary>
internal sealed class SellingLoad
{
    private readonly TimeSpan _patience;
    private readonly ConcurrentDictionary<Guid, string> _told = new();
    private readonly ConcurrentDictionary<Guid, byte> _open = new();
    private readonly ConcurrentBag<Guid> _refusedBuyers = [];
    private readonly Func<Booker> _join;
    private readonly IReadOnlyList<HttpClient> _clients;
    private readonly TestEvent _event;
    private readonly Task _running;
    private volatile bool _isStopping;
    private int _answers;

    private SellingLoad(
        TestEvent @event, Func<Booker> join, IReadOnlyList<HttpClient> clients, int workers, int seed,
        TimeSpan patience)
    {
        (_event, _join, _clients, _patience) = (@event, join, clients, patience);
        _running = Task.WhenAll(
            Enumerable.Range(0, workers).Select(worker => Task.Run(() => ShopAsync(new Random(seed + worker)))));
    }

    /// <summary>Definite answers so far.</summary>
    public int Answers => Volatile.Read(ref _answers);

    public int Holds => _told.Count;

    public int Confirmed => _told.Values.Count(state => state == "confirmed");

    /// <summary>Starts buying.</summary>
    /// <param name="event">One whose first tier sells by quantity.</param>
    /// <param name="join">Makes a buyer; called often.</param>
    /// <param name="clients">The nodes; each request goes to any of them.</param>
    /// <param name="workers">Buyers at a time.</param>
    /// <param name="seed">Of their choices.</param>
    /// <param name="patience">How long one asks for an answer; a minute without it.</param>
    public static SellingLoad Start(
        TestEvent @event, Func<Booker> join, IReadOnlyList<HttpClient> clients, int workers = 24, int seed = 1,
        TimeSpan? patience = null) =>
        new(@event, join, clients, workers, seed, patience ?? TimeSpan.FromSeconds(60));

    /// <summary>Waits until so many more definite answers have been heard.</summary>
    public async Task ProgressAsync(int more)
    {
        var goal = Answers + more;
        await Eventually.ShouldBeTrueAsync(
            () => _running.IsCompleted || Answers >= goal, "the buyers get on", _patience);
        if (_running.IsCompleted)
            await _running;
    }

    /// <summary>Lets everybody finish; who waits for a payment that is not settled gives up and remembers it.</summary>
    public async Task StopAsync()
    {
        _isStopping = true;
        await _running;
    }

    /// <summary>What was acknowledged is there, what was refused is not, and there is nothing else.</summary>
    public async Task ShouldBeTrueAsync(NpgsqlDataSource dataSource)
    {
        var found = await dataSource.QueryAsync<string>(
            "select id || ' ' || state from bookings where event_id = $1", _event.Id);
        var states = found.Select(row => row.Split(' ')).ToDictionary(row => Guid.Parse(row[0]), row => NameOf(row[1]));
        var lost = _told.Keys.Where(id => !states.ContainsKey(id)).ToList();
        lost.ShouldBeEmpty("acknowledged and lost");
        states.Keys.Where(id => !_told.ContainsKey(id)).ShouldBeEmpty("there, but nobody was told");
        foreach (var (id, state) in _told)
        {
            if (_open.ContainsKey(id))
                states[id].ShouldBeOneOf("held", "paying", "confirmed");
            else
                states[id].ShouldBe(state);
        }

        (await dataSource.CountAsync(
            "bookings", "event_id = $1 and buyer_id = any ($2)", _event.Id, _refusedBuyers.ToArray()))
            .ShouldBe(0, "refused, but booked");
    }

    private static string NameOf(string state) => state switch
    {
        "0" => "held",
        "1" => "paying",
        "2" => "confirmed",
        "3" => "released",
        "4" => "expired",
        _ => "cancelled",
    };

    private async Task ShopAsync(Random random)
    {
        while (!_isStopping)
        {
            var buyer = _join();
            var (quantity, key) = (random.Next(1, 4), $"key-{random.Next()}");
            var (hold, wasSilent) = await AskAsync(
                random, buyer, at => at.HoldTicketsAsync(_event, quantity, key: key), takesUnavailable: true);
            if (hold!.Status is 409 or 503)
            {
                // 503 "unavailable" says that nothing was booked; who hears it first believes it.
                if (!wasSilent)
                    _refusedBuyers.Add(buyer.Id);
                continue;
            }

            hold.Status.ShouldBe(201, hold.Body.ToString());
            _told.TryAdd(hold.Id, "held").ShouldBeTrue("two holds with one id");
            switch (random.Next(3))
            {
                case 0:
                    await ConfirmAsync(random, buyer, hold.Id);
                    break;
                case 1:
                    var (released, _) = await AskAsync(random, buyer, at => at.CancelAsync(_event, hold.Id));
                    released!.Status.ShouldBe(200, released.Body.ToString());
                    _told[hold.Id] = released.State;
                    break;
            }
        }
    }

    private async Task ConfirmAsync(Random random, Booker buyer, Guid booking)
    {
        _open[booking] = 0;
        var (confirmed, _) = await AskAsync(random, buyer, at => at.ConfirmAsync(_event, booking), mayGiveUp: true);
        if (confirmed is null)
            return;
        confirmed.Status.ShouldBe(200, confirmed.Body.ToString());
        confirmed["tickets"].GetArrayLength().ShouldBe(confirmed["items"].GetArrayLength());
        _told[booking] = "confirmed";
        _open.TryRemove(booking, out _);
    }

    /// <summary>Asks until there is an answer; <c>WasSilent</c>: the first time there was none.</summary>
    private async Task<(Answer? Answer, bool WasSilent)> AskAsync(
        Random random, Booker buyer, Func<Booker, Task<Answer>> ask, bool takesUnavailable = false,
        bool mayGiveUp = false)
    {
        var wasSilent = false;
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                var answer = await ask(buyer.At(_clients[random.Next(_clients.Count)]));
                if (answer.Status != 503
                    || (takesUnavailable && !wasSilent && answer.Code is "unavailable" or "overloaded"))
                {
                    Interlocked.Increment(ref _answers);
                    return (answer, wasSilent);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
            {
                // The connection broke: no answer, so it may have happened.
            }

            wasSilent = true;
            if (mayGiveUp && _isStopping)
                return (null, wasSilent);
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(_patience, "somebody never got an answer");
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(10, 60)));
        }
    }
}
